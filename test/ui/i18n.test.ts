// Every language says everything that English says, with the same values in it, and no component says anything
// by itself.
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse, type AST } from "svelte/compiler";
import t from "tap";
import { causesEn } from "../../src/ui/i18n/causes-en.ts";
import { causesKo } from "../../src/ui/i18n/causes-ko.ts";
import { causesZh } from "../../src/ui/i18n/causes-zh.ts";
import { en, type Catalogue, type MessageKey } from "../../src/ui/i18n/en.ts";
import { ko } from "../../src/ui/i18n/ko.ts";
import { placeholdersOf } from "../../src/ui/i18n/message.ts";
import { koRefusals } from "../../src/ui/i18n/ko-refusals.ts";
import { zhRefusals } from "../../src/ui/i18n/zh-refusals.ts";
import { errorCodes } from "../../src/shared/error-codes.ts";
import { zh } from "../../src/ui/i18n/zh.ts";

const keys = Object.keys(en) as MessageKey[];
const others: Readonly<Record<string, Catalogue>> = { zh, ko };
/** Words that are the same in every language: names, units, abbreviations of the field. */
const untranslated: ReadonlySet<string> = new Set([
  "choice.coding.ami",
  "choice.coding.hdb3",
  "choice.law.alaw",
  "choice.law.ulaw",
  "choice.switchType.euroisdn",
  "choice.switchType.qsig",
  "field.crc4",
  "field.pin",
  "field.tei",
  "health.board.dahdi",
  "level.plain",
  "level.tone",
  "trunk.bri",
  "trunk.isdn",
  "unit.percent",
]);

for (const [language, catalogue] of Object.entries(others)) {
  t.test(`${language} has each message, translated, with the same placeholders`, (t) => {
    t.same(Object.keys(catalogue).sort(), [...keys].sort(), "the same keys");
    for (const key of keys) {
      const message = catalogue[key];
      t.same(placeholdersOf(message), placeholdersOf(en[key]), key);
      if (!untranslated.has(key)) t.notSame(message, en[key], `${key} is translated`);
    }
    t.end();
  });
}

t.test("each language names every cause of Q.850, and the unspecified one of each class", (t) => {
  const numbers = Object.keys(causesEn).map(Number);
  t.ok(numbers.length > 65);
  t.ok(numbers.every((cause) => cause >= 1 && cause <= 127));
  for (const unspecified of [31, 47, 63, 79, 95, 111, 127]) t.ok(unspecified in causesEn, `${unspecified}`);
  for (const causes of [causesZh, causesKo]) {
    t.same(Object.keys(causes), Object.keys(causesEn));
    for (const cause of numbers) t.notSame(causes[cause], causesEn[cause], `${cause} is translated`);
  }
  t.end();
});

t.test("both translate the same refusals of the server", (t) => {
  t.ok(Object.keys(zhRefusals).length > 30);
  t.same(Object.keys(koRefusals).sort(), Object.keys(zhRefusals).sort());
  for (const code of Object.keys(zhRefusals))
    t.ok(Object.hasOwn(errorCodes, code), `${code} is in the table`);
  t.end();
});

t.test("every message is used somewhere", async (t) => {
  const root = fileURLToPath(new URL("../../src/ui/", import.meta.url));
  const sources = await Promise.all(
    (await readdir(root, { recursive: true }))
      .filter((name) => /\.(svelte|ts)$/.test(name) && !/i18n\/(lines-)?(en|zh|ko)\.ts$/.test(name))
      .map((name) => readFile(`${root}${name}`, "utf8")),
  );
  const all = sources.join("\n");
  // Keys that end in a value are made in templates: `look.${look}`.
  const templates = [...all.matchAll(/`([a-zA-Z.]+\.)\$\{/g)].map((found) => found[1] ?? "");
  const choices = [...all.matchAll(/fixed\(\s*"(\w+)"/g)].map((found) => `choice.${found[1] ?? ""}.`);
  for (const key of keys) {
    const made = [...templates, ...choices].some((prefix) => key.startsWith(prefix));
    t.ok(made || all.includes(`"${key}"`), key);
  }
});

t.test("no component has words of its own", async (t) => {
  const root = fileURLToPath(new URL("../../src/ui/", import.meta.url));
  const names = (await readdir(root, { recursive: true })).filter((name) => name.endsWith(".svelte"));
  t.ok(names.length > 20, "the components are found");
  for (const name of names) {
    const source = await readFile(`${root}${name}`, "utf8");
    const { fragment } = parse(source, { modern: true });
    t.same(wordsIn(fragment), [], name);
  }
});

const spokenAttributes: ReadonlySet<string> = new Set(["aria-label", "title", "placeholder", "alt", "label"]);
/** Names and units that are no words of a language. */
const allowed = /^(Callbox|D|B|TEI|·|Hz)$/;

/** Texts with letters in them, in the markup and in the attributes that are read out. */
function wordsIn(fragment: AST.Fragment): readonly string[] {
  const found: string[] = [];
  const look = (text: string): void => {
    const words = text.trim();
    if (
      /\p{L}/u.test(words) &&
      !words.split(/\s+/).every((word) => allowed.test(word) || !/\p{L}/u.test(word))
    )
      found.push(words);
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== "object" || node === null || !("type" in node)) return;
    if (node.type === "StyleDirective") return;
    if (node.type === "Text" && "data" in node) look(String(node.data));
    if (node.type === "Attribute" && "name" in node && "value" in node) {
      if (spokenAttributes.has(String(node.name))) walk(node.value);
      return;
    }
    for (const [name, value] of Object.entries(node))
      if (!["expression", "parent", "metadata"].includes(name)) walk(value);
  };
  walk(fragment.nodes);
  return found;
}
