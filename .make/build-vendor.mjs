// Builds third-party code into static/vendor/, unmodified or bundled; that folder is never edited and never committed.
// A new entry is a new file in static/js/vendor-entries/.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = fileURLToPath(new URL("..", import.meta.url));
const entries = join(here, "static/js/vendor-entries");
const vendor = join(here, "static/vendor");

await rm(vendor, { recursive: true, force: true });
await mkdir(vendor, { recursive: true });
await copyFile(join(here, "node_modules/htmx.org/dist/htmx.min.js"), join(vendor, "htmx.min.js"));

const names = (await readdir(entries)).filter((name) => name.endsWith(".js"));
const { metafile } = await build({
  metafile: true,
  entryPoints: names.map((name) => join(entries, name)),
  outdir: vendor,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
});
// Their licences ask to be handed on with the code.
const packages = new Set(["htmx.org"]);
for (const input of Object.keys(metafile.inputs)) {
  const found = input.match(/node_modules\/((?:@[^/]+\/)?[^/]+)\//);
  if (found) packages.add(found[1]);
}
const licences = [];
for (const name of [...packages].sort()) {
  const text = await readFile(join(here, "node_modules", name, "LICENSE"), "utf8");
  licences.push(`${name}\n\n${text.trim()}\n`);
}
await writeFile(join(vendor, "LICENSES.txt"), licences.join("\n---\n\n"));
console.log(`static/vendor/: htmx.min.js ${names.map((name) => basename(name)).join(" ")}`);
