// Every zone file is whole and sane, and the cadences are those of E.180.
import t from "tap";
import { parseTone, toneNames, toneOf, toneZone, toneZones } from "../../src/media/tones.ts";

t.test("each zone has every tone, within what E.180 allows", (t) => {
  t.ok(toneZones().length >= 20);
  for (const country of toneZones()) {
    const zone = toneZone(country);
    t.match(country, /^([a-z]{2}|itu)$/u, country);
    t.same(Object.keys(zone.tones).sort(), [...toneNames].sort(), `${country}: all tones, no other`);
    t.same(
      Object.keys(zone.levels ?? {}).filter((name) => !(name in zone.tones)),
      [],
      `${country}: levels of known tones`,
    );
    for (const name of toneNames) {
      const tone = toneOf(country, name);
      // A phone left off hook is to be heard across the room.
      const loudest = name === "howler" ? 0 : -5;
      const sane = tone.parts.every(
        ({ frequencies, levelDbm0, ms }) =>
          frequencies.every((hz) => hz >= 300 && hz <= 3400) &&
          levelDbm0 >= -30 &&
          levelDbm0 <= loudest &&
          ms > 0,
      );
      t.ok(sane, `${country} ${name}: frequencies in the band, levels E.180 knows, real lengths`);
      t.ok(
        tone.parts.some(({ frequencies }) => frequencies.length > 0),
        `${country} ${name}: sounds`,
      );
      t.equal(tone.repeat, name !== "sit", `${country} ${name}: repeats unless it announces`);
    }
  }
  t.end();
});

t.test("tones as the countries define them", (t) => {
  const summary = (country: string, name: (typeof toneNames)[number]): string =>
    toneOf(country, name)
      .parts.map(({ frequencies, ms }) => `${frequencies.join("+")}/${ms}`)
      .join(" ");
  const table: readonly (readonly [string, (typeof toneNames)[number], string])[] = [
    ["cn", "dial", "450/10000"],
    ["cn", "busy", "450/350 /350"],
    ["us", "ringback", "440+480/2000 /4000"],
    ["gb", "ringback", "400+450/400 /200 400+450/400 /2000"],
    ["kr", "busy", "480+620/500 /500"],
    ["de", "congestion", "425/240 /240"],
    ["fr", "dial", "440/10000"],
    ["jp", "dial", "400/10000"],
    ["us", "sit", "950/330 1400/330 1800/330 /1000"],
    ["cn", "howler", "950/15000 /1000"],
    ["zz", "ringback", "425/1000 /4000"],
  ];
  for (const [country, name, expected] of table)
    t.equal(summary(country, name), expected, `${country} ${name}`);
  t.equal(toneOf("us", "busy").parts[0]?.levelDbm0, -24, "a level of its own");
  t.end();
});

t.test("what is no cadence is refused", (t) => {
  for (const text of ["", "x", "425/", "425/1e3", "1+2+3/100", "425/100,,0/100", "-425", "!"]) {
    t.throws(() => parseTone(text, -10), { code: "ERR_TONE" }, JSON.stringify(text));
  }
  t.end();
});
