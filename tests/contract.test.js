/** What is written down in several places says the same in all of them. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = (/** @type {string} */ file) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");

const readme = text("README.md");
const types = text("www/live-feed.d.ts");
const declaration = JSON.parse(text("www/custom-elements.json")).modules[0].declarations[0];
const names = (/** @type {{ name: string }[]} */ list) => list.map(({ name }) => name);

/**
 * The strings of a list in a source file.
 * @param {string} source
 * @param {RegExp} beginning up to its bracket
 */
function strings(source, beginning) {
  const start = source.match(beginning);
  assert.ok(start?.index !== undefined, `there is a list that begins with ${beginning}`);
  const rest = source.slice(start.index + start[0].length);
  return [...rest.slice(0, rest.indexOf("]")).matchAll(/"([^"]+)"/g)].map(([, name]) => name);
}

/**
 * The rows of the first table below a heading of the README, each with the text of its cells.
 * @param {string} heading
 */
function table(heading) {
  const section = readme.split(/^## /m).find((section) => section.startsWith(`${heading}\n`));
  assert.ok(section, `the README has a section "${heading}"`);
  const rows = section.split("\n").filter((line) => line.startsWith("|"));
  const cells = rows.slice(2).map((row) => row.split(/(?<!\\)\|/).slice(1, -1));
  return cells.map((row) => row.map((cell) => cell.trim()));
}

/** @param {string} cell */
const codes = (cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);

/** @param {string} attribute */
const property = (attribute) => attribute.replace(/-./g, (pair) => pair.slice(1).toUpperCase());

const attributes = strings(text("src/config.rs"), /ATTRIBUTES: &\[&str\] = &\[/);

test("there are attributes to compare", () => {
  assert.equal(attributes.length, 17);
  assert.equal(new Set(attributes).size, attributes.length);
});

test("the element observes the attributes that the core understands", () => {
  const element = text("www/element.js");
  assert.deepEqual(strings(element, /const ATTRIBUTES = \[/), attributes);
  assert.match(element, /static observedAttributes = ATTRIBUTES;/);
});

test("the README's table names them, in this order", () => {
  assert.deepEqual(
    table("Attributes").flatMap(([name]) => codes(name)),
    attributes,
  );
});

test("custom-elements.json names them, each with its property", () => {
  assert.deepEqual(names(declaration.attributes), attributes);
  for (const { name, fieldName } of declaration.attributes) assert.equal(fieldName, property(name));
  const fields = declaration.members.filter((/** @type {{ kind: string }} */ { kind }) => kind === "field");
  assert.deepEqual(names(fields), attributes.map(property));
  for (const { name, attribute } of fields) assert.equal(property(attribute), name);
});

test("README and custom-elements.json name the same defaults", () => {
  const written = table("Attributes").map(([name, , fallback]) => [codes(name)[0], codes(fallback)[0]]);
  for (const [name, fallback] of written.filter(([, fallback]) => fallback !== undefined)) {
    const declared = declaration.attributes.find((/** @type {{ name: string }} */ each) => each.name === name).default;
    assert.equal(declared, fallback, name);
  }
});

test("live-feed.d.ts types a property for each", () => {
  // These two are every element's.
  const own = attributes.filter((name) => name !== "lang" && name !== "dir");
  const body = types.slice(types.indexOf("export class LiveFeedElement"));
  assert.deepEqual(
    [...body.matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name),
    own.map(property),
  );
});

const methods = declaration.members.filter((/** @type {{ kind: string }} */ { kind }) => kind === "method");

test("README, types, element and custom-elements.json name the same methods", () => {
  const listed = names(methods);
  assert.deepEqual(listed.sort(), [
    "goTo",
    "pause",
    "refresh",
    "remove",
    "resume",
    "setFeed",
    "showPending",
    "upsert",
  ]);
  const calls = table("Methods").flatMap(([call]) => codes(call));
  assert.deepEqual(calls.map((call) => call.replace(/\(.*/, "")).sort(), listed);
  for (const name of listed) {
    assert.match(types, new RegExp(`^  ${name}\\(.*\\): Promise<(void|boolean)>;`, "m"));
    assert.match(text("www/element.js"), new RegExp(`^  (async )?${name}\\(`, "m"));
  }
});

test("README, types and custom-elements.json name the same events", () => {
  const ours = names(declaration.events).filter((name) => name.startsWith("live-feed-"));
  assert.deepEqual([...types.matchAll(/^ {2}"(live-feed-\w+)": /gm)].map(([, name]) => name).sort(), ours.sort());
  assert.deepEqual(
    table("Events").flatMap(([name]) => codes(name)).sort(),
    names(declaration.events).sort(),
  );
});

test("the README names the codes of the event error as they are written", () => {
  const [, sentence] = readme.match(/^The codes of `error` are ([^]*?)\.$/m) ?? [];
  const named = codes(sentence.replaceAll(/ \([^)]*\)/g, ""));
  assert.equal(named.length, 8);
  const [core, ...rest] = named.reverse();
  assert.ok(text("www/element.js").includes(`code: "${core}"`), core);
  for (const code of rest) assert.ok(text("src/error.rs").includes(` => "${code}",`), code);
});

test("the types of a feed and of its items have the fields of the schema", () => {
  const { $defs, properties } = JSON.parse(text("www/demo/feed.schema.json"));
  const written = (/** @type {string} */ name) => {
    const [, body] = types.match(new RegExp(`^export interface ${name} [^{]*\\{\\n([^]*?)^\\}`, "m")) ?? [];
    assert.ok(body, `there is a type ${name}`);
    return [...body.matchAll(/^( +)(\w+)\??:/gm)].map(([, indent, field]) => (indent.length > 2 ? `_livefeed.${field}` : field)).sort();
  };
  const fields = (/** @type {Record<string, any>} */ of) =>
    [...Object.keys(of), ...Object.keys(of._livefeed?.properties ?? {}).map((name) => `_livefeed.${name}`)].sort();
  assert.deepEqual(written("Feed"), fields(properties));
  assert.deepEqual(written("FeedItem"), fields($defs.item.properties));
  assert.deepEqual(written("FeedImage"), fields($defs.image.properties));
  assert.deepEqual(written("FeedAuthor"), fields($defs.author.properties));
});
