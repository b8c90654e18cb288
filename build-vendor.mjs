// Builds third-party code into static/vendor/, unmodified or bundled; that folder is never edited and never committed.
// A new entry is a new file in static/js/vendor-entries/.
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const entries = join(here, "static/js/vendor-entries");
const vendor = join(here, "static/vendor");

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
await copyFile(join(here, "node_modules/htmx.org/dist/htmx.min.js"), join(vendor, "htmx.min.js"));

const names = (await readdir(entries)).filter((name) => name.endsWith(".js"));
await build({
  entryPoints: names.map((name) => join(entries, name)),
  outdir: vendor,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
});
console.log(`static/vendor/: htmx.min.js ${names.map((name) => basename(name)).join(" ")}`);
