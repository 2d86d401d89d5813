// Numbers, dates, times and amounts in words against tables written by hand, and what holds for every number.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { createSpellout } from "../../src/calls/spoken/spellout.ts";
import { spokenLanguage, spokenLanguages, type SpokenLanguage } from "../../src/calls/spoken/spoken.ts";

const tables = join(import.meta.dirname, "spoken");

/** `kind value… words`. */
function said(language: SpokenLanguage, line: string): { readonly got: string; readonly wanted: string } {
  const [kind = "", value = "", ...rest] = line.split(" ");
  const numbers = value.split(/[-:]/u).map(Number);
  const [first = 0, second = 0, third = 0] = numbers;
  const words = rest.join(" ");
  switch (kind) {
    case "number":
    case "ordinal":
    case "place":
      return { got: language[kind](Number(value)).text, wanted: words };
    case "date":
      return { got: language.date({ year: first, month: second, day: third }).text, wanted: words };
    case "time":
      return { got: language.time(first, second).text, wanted: words };
    case "amount":
      return { got: language.amount(value, rest[0] ?? "").text, wanted: rest.slice(1).join(" ") };
    default:
      throw new Error(line);
  }
}

t.test("as the tables say, two hundred rows a language", (t) => {
  t.same(spokenLanguages(), ["en", "ko", "zh"]);
  for (const name of spokenLanguages()) {
    const rows = readFileSync(join(tables, `${name}.txt`), "utf8")
      .trim()
      .split("\n");
    t.ok(rows.length >= 200, `${name}: ${rows.length} rows`);
    t.equal(new Set(rows).size, rows.length, `${name}: no row twice`);
    for (const line of rows) {
      const { got, wanted } = said(spokenLanguage(name), line);
      t.equal(got, wanted, `${name} ${line}`);
    }
  }
  t.equal(readdirSync(tables).length, 3);
  t.end();
});

t.test("no two numbers are said alike, and each is said without a hole", (t) => {
  const number = fc.oneof(
    fc.integer({ min: 0, max: 20_000 }),
    fc.integer({ min: 0, max: 999_999_999_999_999 }),
  );
  for (const name of spokenLanguages()) {
    const language = spokenLanguage(name);
    fc.assert(
      fc.property(number, number, (a, b) => {
        const [one, other] = [language.number(a).text, language.number(b).text];
        return (one === other) === (a === b) && one.trim() === one && !/ {2}|[<>=[\]{}]|undefined/u.test(one);
      }),
      { numRuns: 3000 },
    );
  }
  t.end();
});

t.test("a Chinese number read back is the number", (t) => {
  const language = spokenLanguage("zh");
  const values: Readonly<Record<string, number>> = {
    零: 0,
    一: 1,
    二: 2,
    两: 2,
    三: 3,
    四: 4,
    五: 5,
    六: 6,
    七: 7,
    八: 8,
    九: 9,
  };
  const units: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
  const read = (text: string): number => {
    for (const [big, value] of [
      ["万亿", 1e12],
      ["亿", 1e8],
      ["万", 1e4],
    ] as const) {
      const at = text.indexOf(big);
      if (at >= 0) return read(text.slice(0, at)) * value + read(text.slice(at + big.length));
    }
    let sum = 0;
    let digit = 0;
    for (const char of text) {
      const unit = units[char];
      if (unit === undefined) digit = values[char] ?? NaN;
      else {
        sum += (digit === 0 && sum === 0 ? 1 : digit) * unit;
        digit = 0;
      }
    }
    return sum + digit;
  };
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 999_999_999_999 }),
      (value) => read(language.number(value).text) === value,
    ),
    { numRuns: 5000 },
  );
  for (let value = 0; value <= 11_000; value++)
    if (read(language.number(value).text) !== value) t.fail(`${value}: ${language.number(value).text}`);
  t.end();
});

t.test("English has a recorded prompt for each word but where there is none", (t) => {
  const en = spokenLanguage("en");
  t.same(
    en.number(1342).prompts,
    [1, "thousand", 3, "hundred", 40, 2].map((name) => `digits/${name}`),
  );
  t.same(en.time(14, 5).prompts, ["digits/2", "digits/oh", "digits/5", "digits/p-m"]);
  t.same(en.date({ year: 2026, month: 1, day: 5 }).prompts, [
    "digits/day-1",
    "digits/mon-0",
    "digits/h-5",
    "digits/20",
    "digits/20",
    "digits/6",
  ]);
  t.same(en.amount("12", "usd").prompts, ["digits/12", "digits/dollars"]);
  t.equal(en.amount("12.50", "usd").prompts, undefined, "cents were never recorded");
  t.equal(spokenLanguage("zh").number(12).prompts, undefined);
  t.equal(spokenLanguage("fr").number(3).text, "three", "a language without a file");
  t.end();
});

t.test("what cannot be said is refused", (t) => {
  const en = spokenLanguage("en");
  const refused = [
    () => en.number(Number.NaN),
    () => en.number(1e15),
    () => en.ordinal(0),
    () => en.ordinal(1.5),
    () => en.place(-1),
    () => en.date({ year: 2026, month: 2, day: 29 }),
    () => en.date({ year: 999, month: 1, day: 1 }),
    () => en.time(24, 0),
    () => en.time(0, 60),
    () => en.amount("12.505", "usd"),
    () => en.amount("1.50", "krw"),
    () => en.amount("1e3", "usd"),
    () => en.amount("1", "xxx"),
    () => en.digit("a"),
  ];
  for (const act of refused) t.throws(act, { code: "ERR_SPOKEN" });
  t.throws(() => createSpellout({ number: ["ten"] }), { code: "ERR_SPOKEN_RULES" });
  t.throws(() => createSpellout({ number: ["1: one"] })("number", 0), { code: "ERR_SPOKEN_RULES" });
  t.end();
});
