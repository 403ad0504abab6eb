import { defineConfig } from "vite";

// what a page loads: one style sheet and one small script; a drawing's library only when it is first touched
export default defineConfig({
  base: "./",
  publicDir: false,
  build: {
    outDir: "../src/lienvung/assets/ui",
    emptyOutDir: true,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: "src/boot.ts" },
  },
});
