// Builds static/dist: one stylesheet, the scripts, the sprite of icons that pages use, the font. Names carry a hash of the content.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const modules = join(root, "node_modules");
const dist = join(here, "dist");
const manifest = { preload: {} };
const files = new Map();

function hashed(name, content) {
  const hash = createHash("sha256").update(content).digest("hex").slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

function keep(file, content) {
  files.set(file, content);
  if (file.endsWith(".woff2")) return;
  files.set(`${file}.gz`, gzipSync(content, { level: 9 }));
  files.set(`${file}.br`, brotliCompressSync(content));
}

function publish(name, content) {
  manifest[name] = hashed(name, content);
  keep(manifest[name], content);
}

function font() {
  const file = "@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2";
  publish("atkinson.woff2", readFileSync(join(modules, file)));
}

function styles() {
  const { css } = compile(join(here, "src/scss/app.scss"), {
    loadPaths: [modules],
    style: "compressed",
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  });
  publish("app.css", css.replace("atkinson.woff2", manifest["atkinson.woff2"]));
}

async function scripts() {
  const result = await build({
    entryPoints: ["app.js", "live.js"].map((name) => join(here, "src/js", name)),
    outdir: dist,
    absWorkingDir: root,
    bundle: true,
    splitting: true,
    format: "esm",
    target: "es2022",
    minify: true,
    legalComments: "none",
    entryNames: "[name]-[hash]",
    chunkNames: "shared-[hash]",
    metafile: true,
    write: false,
  });
  for (const file of result.outputFiles) keep(basename(file.path), file.contents);
  for (const [path, output] of Object.entries(result.metafile.outputs)) {
    if (!output.entryPoint) continue;
    const name = basename(output.entryPoint);
    manifest[name] = basename(path);
    manifest.preload[name] = output.imports.filter((i) => i.kind === "import-statement").map((i) => basename(i.path));
  }
}

function filesUnder(folder, extension) {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true }).filter((file) => file.endsWith(extension)).map((file) => join(path, file));
}

/** Icons that pages use: any known name quoted in the Jinja parts of a template or in a table of states, icon="name" in Python, and the list. */
function iconNames() {
  const known = new Set(readdirSync(join(modules, "bootstrap-icons/icons")).map((file) => file.slice(0, -4)));
  const found = readFileSync(join(here, "src/icons.txt"), "utf8").split(/\s+/);
  for (const file of filesUnder("templates", ".html")) {
    for (const [code] of readFileSync(file, "utf8").matchAll(/\{\{.*?\}\}|\{%.*?%\}/gs)) found.push(...quoted(code));
  }
  for (const file of filesUnder("commission_app", ".py")) {
    const text = readFileSync(file, "utf8");
    found.push(...(file.endsWith("states.py") ? quoted(text) : [...text.matchAll(/\bicon\w*["']?\s*[=:]\s*["']([a-z0-9-]+)["']/g)].map((m) => m[1])));
  }
  return [...new Set(found)].filter((name) => known.has(name)).sort();
}

function quoted(text) {
  return [...text.matchAll(/["']([a-z0-9-]+)["']/g)].map((match) => match[1]);
}

function symbol(name) {
  const svg = readFileSync(join(modules, "bootstrap-icons/icons", `${name}.svg`), "utf8");
  const inside = svg.replace(/^[^]*?<svg[^>]*>/, "").replace(/<\/svg>\s*$/, "").replace(/\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 16 16">${inside}</symbol>`;
}

function icons() {
  publish("icons.svg", `<svg xmlns="http://www.w3.org/2000/svg">${iconNames().map(symbol).join("")}</svg>`);
  publish("favicon.svg", readFileSync(join(here, "src/favicon.svg")));
}

font();
styles();
icons();
await scripts();
files.set("manifest.json", JSON.stringify(manifest, null, 1));
rmSync(dist, { recursive: true, force: true });
mkdirSync(dist, { recursive: true });
for (const [file, content] of files) writeFileSync(join(dist, file), content);
