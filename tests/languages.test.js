/** The words of the other languages, held against the English ones in src/words.rs, www/share.js and www/players.js. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { jsonOf } from "../www/json-of.js";
import { ENGLISH as LATER } from "../www/share.js";
import { ENGLISH as EMBEDS } from "../www/players.js";

/** The word that has a form for each kind of number. */
const PLURAL = "new_updates";

/** Far enough to meet every category that whole numbers have, but for those of millions. */
const NUMBERS = 200;

/** @param {string} path */
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

/** The English words by name, as `words!` declares them, and those of what is loaded later. @type {Record<string, string>} */
const ENGLISH = {
  ...Object.fromEntries(
    [...read("src/words.rs").matchAll(/^ {4}(\w+) = "(.*)",$/gm)].map(([, name, text]) => [name, text]),
  ),
  ...LATER,
  ...EMBEDS,
};

const LANGUAGES = readdirSync(new URL("../www/words/", import.meta.url))
  .sort()
  .map((file) => file.replace(/\.json$/, ""));

/** @param {string} text */
const placeholders = (text) => text.match(/\{[^}]*\}/g) ?? [];

/** Whether a category stands for one number alone, so that its form may write it as a word. */
function isOneNumber(/** @type {Intl.PluralRules} */ rules, /** @type {string} */ category) {
  const numbers = Array.from({ length: NUMBERS }, (_, number) => number);
  return numbers.filter((number) => rules.select(number) === category).length === 1;
}

test("the English words are read from the crate", () => {
  assert.equal(ENGLISH.new_first, "New first");
  assert.equal(ENGLISH.updated, "Updated {time}");
});

test("the loader knows just the languages that have a file", () => {
  const [, list] = /LANGUAGES = \[([^\]]*)\]/.exec(read("www/load.js")) ?? [];
  assert.deepEqual(JSON.parse(`[${list}]`), LANGUAGES);
});

for (const language of LANGUAGES) {
  const { [PLURAL]: forms, ...words } = JSON.parse(read(`www/words/${language}.json`));
  const rules = new Intl.PluralRules(language);

  test(`${language} has every word and no other`, () => {
    assert.deepEqual(Object.keys(words).sort(), Object.keys(ENGLISH).sort());
  });

  test(`${language} says something in every word, with the placeholders of the English one`, () => {
    for (const [name, text] of Object.entries(words)) {
      assert.equal(text, text.trim(), name);
      assert.notEqual(text, "", name);
      assert.deepEqual(placeholders(text), placeholders(ENGLISH[name]), name);
    }
  });

  test(`${language} counts new updates in each of its plural forms`, () => {
    assert.deepEqual(Object.keys(forms).sort(), rules.resolvedOptions().pluralCategories.sort());
    for (const [category, text] of Object.entries(forms)) {
      const expected = text.includes("{n}") || !isOneNumber(rules, category) ? ["{n}"] : [];
      assert.deepEqual(placeholders(text), expected, `${category}: ${text}`);
    }
  });
}

test("words that a bundler has written into their address are not asked for", async (t) => {
  const { mock } = t.mock.method(globalThis, "fetch", () => Promise.reject(new Error("asked")));
  const words = { retry: "Nochmals versuchen, später" };
  const text = JSON.stringify(words);
  const addresses = [`data:application/json,${encodeURIComponent(text)}`, `data:application/json;base64,${Buffer.from(text).toString("base64")}`];
  for (const address of addresses) assert.deepEqual(await jsonOf(new URL(address)), words);
  assert.equal(mock.callCount(), 0);
});
