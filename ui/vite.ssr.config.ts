import { defineConfig } from "vite";

// the same drawing as one plain script for the V8 inside the server
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../src/lienvung/assets/charts",
    emptyOutDir: true,
    lib: { entry: "src/ssr.ts", formats: ["iife"], name: "lienvung", fileName: () => "echarts-ssr.js" },
  },
  define: { "process.env.NODE_ENV": '"production"' },
});
