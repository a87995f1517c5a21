/**
 * Proves that the corpus of hostile feeds would tell: takes each protection out in turn, in a copy of the project, builds
 * that, and runs tests/e2e/hostile*.test.js in Chromium, which has to fail. `npm run prove:hostile`, or with a word of a
 * protection's name: `npm run prove:hostile -- proxy`.
 */
import { copyFile, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { ROOT, place } from "./places.js";
import { attempt, run, since } from "./run.js";

/** The corpus. */
const FILES = ["hostile", "hostile-1", "hostile-2", "hostile-3"].map((name) => `tests/e2e/${name}.test.js`);

/** The copy; what Cargo makes there stays, so that the next proof takes less long. */
const COPY = place(".cache", "proof");
const KEPT = ["target"];

/** The tests that try feed HTML, and those that try every field: most protections need only the first. */
const HTML = "feed HTML";
const EVERYTHING = "";

/**
 * A protection: what it is, the file in which it stands, its text there, what that becomes, and the tests that must fail.
 * @type {[string, string, string, string, string][]}
 */
const PROTECTIONS = [
  ["no parser sees what is too long", "src/markup/scan.rs", "html.len() <= MAX_BYTES && scan.run()", "scan.run()", HTML],
  ["no parser sees what is too deep", "src/markup/scan.rs", "while self.open.len() <= MAX_DEPTH {", "while self.open.len() < usize::MAX {", HTML],
  [
    "what parsers read by rules of their own is cut before them",
    "src/markup/tokens.rs",
    "let raw = known(RAW, name);",
    "let raw = known(RAW, name).filter(|_| false);",
    HTML,
  ],
  [
    "what stands in a table but in no cell gets one",
    "src/markup/scan.rs",
    'known("table tr tbody thead tfoot", open).is_some()',
    'known("none", open).is_some()',
    HTML,
  ],
  ["what programs alone read is dropped", "src/markup/allow.rs", "=> Verdict::Drop,", "=> Verdict::Unwrap,", HTML],
  ["an element that is not on the list is unwrapped", "src/markup/allow.rs", "None => Verdict::Unwrap,", 'None => Verdict::Keep("host-widget"),', HTML],
  [
    "an attribute that is not on the list is left out",
    "src/content/links.rs",
    "    if from.has_attributes() {",
    `    for name in from.get_attribute_names().iter().filter_map(|name| name.as_string()) {
        set(to, &name, &from.get_attribute(&name).unwrap_or_default());
    }
    if from.has_attributes() {`,
    HTML,
  ],
  ["addresses are of the web", "src/markup/url.rs", "        _ => false,", "        _ => true,", EVERYTHING],
  ["a set of images holds addresses", "src/markup/allow.rs", '"srcset", Rule::Images', '"srcset", Rule::Text', HTML],
  ["links cannot reach back", "src/content/links.rs", 'set(to, "rel", "noopener");', "", HTML],
  ["numbers have bounds", "src/markup/allow.rs", "const PIXELS: Rule = Rule::Number(1, MAX_PIXELS);", "const PIXELS: Rule = Rule::Text;", HTML],
  ["pictures go through the proxy", "src/content/links.rs", "if usage == Use::Image =>", "if usage == Use::Media =>", HTML],
  [
    "feed HTML is parsed where no image is requested",
    "src/content/sanitize.rs",
    "document.implementation()?.create_html_document()?",
    "document.clone()",
    HTML,
  ],
  ["plain text is no HTML", "src/content/sanitize.rs", "put(paragraph, &document.create_text_node(line));", "paragraph.set_inner_html(line);", EVERYTHING],
  [
    "titles and names are no HTML",
    "src/nodes.rs",
    "        let element = self.part(name, class);\n        element.set_text_content(Some(text));",
    "        let element = self.part(name, class);\n        element.set_inner_html(text);",
    EVERYTHING,
  ],
  [
    "the browser's sanitizer parses",
    "src/content/sanitize.rs",
    "holder.unchecked_ref::<Holder>().set_html(html, options)?;",
    "let _ = options; holder.set_inner_html(html);",
    HTML,
  ],
  [
    "that keeps attributes by a list",
    "src/content/sanitize.rs",
    '("attributes", list(&mut attribute_names())),',
    '("removeAttributes", Array::new().into()),',
    HTML,
  ],
  [
    "DOMPurify parses where there is none",
    "www/purifier.js",
    "DOMPurify.sanitize(html, { ...BASELINE, RETURN_DOM_FRAGMENT: true })",
    "document.createRange().createContextualFragment(html, [DOMPurify, BASELINE])",
    HTML,
  ],
];

/** Rust needs the crate compiled anew; everything else is bundled around the last one. */
const isRust = (/** @type {string} */ file) => file.endsWith(".rs");

/** Copies what Git knows of, changed or not, and what it does not ignore. */
async function copy() {
  await mkdir(COPY, { recursive: true });
  for (const name of await readdir(COPY)) if (!KEPT.includes(name)) await rm(join(COPY, name), { recursive: true, force: true });
  const { output } = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { quiet: true });
  for (const file of output.split("\n").filter(Boolean)) {
    await mkdir(dirname(join(COPY, file)), { recursive: true });
    // One that was deleted and not committed yet is not there.
    await copyFile(place(file), join(COPY, file)).catch(() => {});
  }
  await symlink(place("node_modules"), join(COPY, "node_modules"));
}

/** @param {boolean} rust */
async function build(rust) {
  // The crate's reader for Node stays as it is: no page has it.
  const check = 'await (await import("node:fs/promises")).cp("check", "pkg/check", { recursive: true });';
  const core = rust ? `await (await import("./scripts/core.js")).compileCore();${check}` : "";
  const rest = 'await (await import("./scripts/build.js")).build({ keepCrate: true, log() {} });';
  await run("node", ["--input-type=module", "--eval", core + rest], { cwd: COPY, quiet: true });
}

/**
 * Runs the corpus; the names of the tests that failed, and the first reason.
 * @param {string} pattern
 */
async function corpus(pattern) {
  const args = ["--test", "--test-reporter=tap", `--test-name-pattern=${pattern || "."}`, ...FILES];
  const { output, ok } = await attempt("node", args, { cwd: COPY, quiet: true, env: { ENGINE: "chromium" } });
  const failed = [...output.matchAll(/^ *not ok \d+ - (.*)$/gm)].map(([, name]) => name);
  const reasons = [...output.matchAll(/^ *\+ +(.*)$/gm)].map(([, line]) => line).filter((line) => /[a-z]{4}/.test(line) && !/^found:|^asked:|^actual/.test(line));
  const crash = /tab crashed/.exec(output)?.[0];
  return { ok: ok && failed.length === 0, failed, reason: crash ?? reasons[0] ?? "" };
}

const wanted = process.argv[2] ?? "";
const chosen = PROTECTIONS.filter(([what]) => what.includes(wanted));
const start = performance.now();
await copy();
await run("node", ["scripts/build.js"], { cwd: COPY, quiet: true });
await cp(join(COPY, "pkg", "check"), join(COPY, "check"), { recursive: true });
const whole = await corpus(EVERYTHING);
if (!whole.ok) {
  console.error(`✗ The corpus fails as it is:\n${whole.failed.join("\n")}`);
  process.exit(1);
}
console.log(`✓ with every protection nothing happens (${since(start)})`);

let survived = 0;
/** Whether the crate in the copy is another one than the project's. */
let patched = false;
for (const [what, file, text, without, pattern] of chosen) {
  const before = performance.now();
  const path = join(COPY, file);
  const source = await readFile(path, "utf8");
  if (source.split(text).length !== 2) throw new Error(`${join(ROOT, file)} holds ${source.split(text).length - 1} times, not once: ${text}`);
  await writeFile(path, source.replace(text, () => without));
  try {
    await build(isRust(file) || patched);
    patched = isRust(file);
    const { ok, failed, reason } = await corpus(pattern);
    survived += Number(ok);
    const told = ok ? "✗ NOBODY NOTICES without" : "✓ is noticed without";
    console.log(`${told}: ${what} (${since(before)})`);
    if (!ok) console.log(`    ${failed.length} tests fail; ${reason.slice(0, 140)}`);
  } finally {
    await writeFile(path, source);
  }
}
console.log(`\n${chosen.length - survived} of ${chosen.length} protections proved in ${since(start)}.`);
process.exit(survived === 0 ? 0 : 1);
