// Puts the whole fonts beside the bundle: the server draws text into PNG with them (a page gets the small subsets).
import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const from = dirname(require.resolve("@expo-google-fonts/be-vietnam-pro/package.json"));
const out = join(dirname(fileURLToPath(import.meta.url)), "../../src/lienvung/assets/fonts");
mkdirSync(out, { recursive: true });
for (const weight of ["400Regular", "600SemiBold"]) {
  const file = `BeVietnamPro_${weight}.ttf`;
  copyFileSync(join(from, weight, file), join(out, file));
}
copyFileSync(join(from, "LICENSE_FONT"), join(out, "OFL.txt"));
