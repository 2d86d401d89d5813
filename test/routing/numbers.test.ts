// Numbers as seen from home: their class, their other forms; and the linter of the countries' data.
import fc from "fast-check";
import t from "tap";
import { Value } from "typebox/value";
import { toneZones } from "../../src/media/tones.ts";
import { countries, CountryNumbers, countryNumbers } from "../../src/routing/countries.ts";
import { displayNumber, formatFor, formsOf, readNumber } from "../../src/routing/numbers.ts";
import { matchPattern } from "../../src/routing/pattern.ts";

const shenzhen = { country: "cn", areaCode: "755" };
const hamburg = { country: "de", areaCode: "40" };
const home = { cn: shenzhen, de: hamburg, kr: { country: "kr" }, us: { country: "us", areaCode: "212" } };

t.test("what a number is", (t) => {
  const rows: readonly (readonly [keyof typeof home, string, string, string, string?])[] = [
    ["cn", "110", "emergency", "emergency"],
    ["cn", "10086", "short", "local"],
    ["cn", "12345", "short", "local"],
    ["cn", "95588", "short", "local"],
    ["cn", "88880001", "subscriber", "local", "+8675588880001"],
    ["cn", "075588880001", "subscriber", "local", "+8675588880001"],
    ["cn", "01012345678", "subscriber", "national", "+861012345678"],
    ["cn", "13800138000", "subscriber", "mobile", "+8613800138000"],
    ["cn", "4008001234", "subscriber", "national", "+864008001234"],
    ["cn", "8001234567", "subscriber", "local", "+868001234567"],
    ["cn", "16812345", "short", "premium"],
    ["cn", "00442079460018", "subscriber", "international", "+442079460018"],
    ["cn", "1790900442079460018", "subscriber", "international", "+442079460018"],
    ["cn", "004", "unknown", "international"],
    ["cn", "00449098790000", "subscriber", "international premium", "+449098790000"],
    ["cn", "", "unknown", "local"],
    ["cn", "*1#", "unknown", "local"],
    ["de", "112", "emergency", "emergency"],
    ["de", "301234567", "subscriber", "local", "+4940301234567"],
    ["de", "0301234567", "subscriber", "national", "+49301234567"],
    ["de", "09001234567", "subscriber", "premium", "+499001234567"],
    ["de", "116117", "short", "local"],
    ["kr", "119", "emergency", "emergency"],
    ["kr", "15881588", "short", "local"],
    ["kr", "01012345678", "subscriber", "mobile", "+821012345678"],
    ["us", "911", "emergency", "emergency"],
    ["us", "5551234", "subscriber", "local", "+12125551234"],
    ["us", "18765551234", "subscriber", "international", "+18765551234"],
    ["us", "18760000000", "unknown", "international"],
    ["us", "19005551234", "subscriber", "premium", "+19005551234"],
  ];
  for (const [country, digits, kind, classes, e164] of rows) {
    const found = readNumber({ digits }, home[country]);
    t.match(
      { ...found, classes: found.classes.join(" ") },
      { kind, classes, ...(e164 === undefined ? {} : { e164 }) },
      `${digits} in ${country}`,
    );
    if (e164 === undefined) t.notOk("e164" in found, `${digits} is no subscriber's`);
  }
  t.end();
});

t.test("a number by its type, as ISDN says it", (t) => {
  t.match(readNumber({ digits: "13800138000", type: "national" }, shenzhen), { classes: ["mobile"] });
  t.match(readNumber({ digits: "442079460018", type: "international" }, shenzhen), {
    classes: ["international"],
  });
  t.match(readNumber({ digits: "8613800138000", type: "international" }, shenzhen), { classes: ["mobile"] });
  t.match(
    readNumber({ digits: "110", type: "international" }, shenzhen),
    { kind: "unknown" },
    "no emergency",
  );
  t.match(readNumber({ digits: "1234", type: "international" }, { country: "zz" }), {
    classes: ["international"],
  });
  t.match(readNumber({ digits: "1234" }, { country: "zz" }), { kind: "unknown", classes: ["local"] });
  t.match(readNumber({ digits: "+442079460018" }, { country: "zz" }), { classes: ["international"] });
  t.end();
});

t.test("as an exchange wants it", (t) => {
  const rows: readonly (readonly [string, string, string, string])[] = [
    ["88880001", "075588880001", "national 75588880001", "8675588880001"],
    ["13800138000", "13800138000", "national 13800138000", "8613800138000"],
    ["00442079460018", "00442079460018", "international 442079460018", "442079460018"],
    ["110", "110", "unknown 110", "110"],
    ["10086", "10086", "unknown 10086", "10086"],
    ["16812345", "16812345", "unknown 16812345", "16812345"],
    ["12", "12", "unknown 12", "12"],
  ];
  for (const [digits, dialable, byType, international] of rows) {
    t.equal(formatFor({ digits }, "dialable", shenzhen).digits, dialable);
    const typed = formatFor({ digits }, "by-type", shenzhen);
    t.equal(`${typed.type} ${typed.digits}`, byType);
    t.equal(formatFor({ digits }, "international", shenzhen).digits, international);
    t.same(formatFor({ digits }, "as-is", shenzhen), { digits, type: "unknown" });
  }
  t.equal(
    formatFor({ digits: "442079460018", type: "international" }, "dialable", { country: "kr" }).digits,
    "001442079460018",
  );
  t.end();
});

t.test("forms for lists, and for people", (t) => {
  t.same(formsOf({ digits: "88880001" }, shenzhen), ["88880001", "+8675588880001", "075588880001"]);
  t.same(formsOf({ digits: "8613800138000", type: "international" }, shenzhen), [
    "8613800138000",
    "+8613800138000",
    "13800138000",
  ]);
  t.same(formsOf({ digits: "110" }, shenzhen), ["110"]);
  t.same(formsOf({ digits: "" }, shenzhen), []);
  t.equal(displayNumber("88880001", shenzhen), "0755 8888 0001");
  t.equal(displayNumber("00442079460018", shenzhen), "+44 20 7946 0018");
  t.equal(displayNumber("10086", shenzhen), "10086");
  t.equal(displayNumber("201", shenzhen), "201");
  t.end();
});

t.test("whatever is signalled is read, and written again is the same number", (t) => {
  const property = fc.property(
    fc.oneof(fc.string({ maxLength: 24 }), fc.stringMatching(/^\+?[0-9*#]{0,20}$/)),
    fc.constantFrom("unknown", "international", "national", "network-specific", "subscriber", "abbreviated"),
    fc.constantFrom(...countries(), "zz"),
    fc.constantFrom(undefined, "755", "1"),
    (digits, type, country, areaCode) => {
      const here = { country, ...(areaCode === undefined ? {} : { areaCode }) };
      const found = readNumber({ digits, type }, here);
      if (found.classes.length === 0) return false;
      if (found.e164 === undefined)
        return formatFor({ digits, type }, "international", here).digits === digits;
      return ["international", "by-type"].every((format) => {
        const written = formatFor({ digits, type }, format as "by-type", here);
        return readNumber(written, here).e164 === found.e164;
      });
    },
  );
  t.doesNotThrow(() => fc.assert(property, { numRuns: 5000 }));
  t.end();
});

t.test("the countries' data", (t) => {
  t.same(
    toneZones().filter((zone) => zone !== "itu" && !countries().includes(zone)),
    [],
    "each country that has tones has numbers",
  );
  for (const country of countries()) {
    const data = countryNumbers(country);
    t.same([...Value.Errors(CountryNumbers, data)], [], `${country}: of the form`);
    const both = data.short.filter((code) => data.emergency.includes(code) || data.premium.includes(code));
    t.same(both, [], `${country}: a code is one thing`);
    for (const list of [data.emergency, data.short, data.premium])
      t.same(list, list.toSorted(), `${country}: in order`);
    for (const number of data.emergency) {
      t.same(readNumber({ digits: number }, { country }).classes, ["emergency"], `${country} ${number}`);
      t.same(formatFor({ digits: number }, "international", { country }), {
        digits: number,
        type: "unknown",
      });
      const dear = data.premium.filter((pattern) =>
        ["exact", "open"].includes(matchPattern(pattern, number)),
      );
      t.same(dear, [], `${country} ${number} costs nothing`);
    }
    for (const code of data.short) {
      const digits = code.replaceAll("X", "5").replace(/\.$/, "");
      t.equal(
        formatFor({ digits }, "by-type", { country }).digits,
        digits,
        `${country} ${code} stays as it is`,
      );
    }
  }
  t.same(countryNumbers("zz").emergency, ["112", "911"], "elsewhere, as mobile telephones have it");
  t.end();
});
