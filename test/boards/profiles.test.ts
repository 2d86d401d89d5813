import { join } from "node:path";
import t from "tap";
import { loadProfiles, parseProfile, portName, profileFor } from "../../src/boards/profiles.ts";
import { codeOf } from "../../src/shared/errors.ts";

const profiles = loadProfiles(join(import.meta.dirname, "../../board-profiles"));
const unknownSpan = { name: "", description: "", deviceType: "" };

t.test("every span name that a driver gives finds its card", (t) => {
  const rows: readonly (readonly [Partial<typeof unknownSpan>, string])[] = [
    [{ name: "WCTDM/0", deviceType: "Wildcard TDM400P REV I" }, "digium-tdm400p"],
    [{ name: "WCTDM/0", deviceType: "Wildcard TDM410P" }, "digium-tdm410p"],
    [{ name: "WCTDM/0", deviceType: "Wildcard A8B" }, "digium-a8b"],
    [{ name: "B4/0/1", deviceType: "Wildcard B410P" }, "digium-b410p"],
    [{ name: "B4/0/1", deviceType: "OpenVox B400P" }, "openvox-b400p"],
    [{ name: "OPVXA1200/0", deviceType: "OpenVox A1200P/A800P" }, "openvox-a1200p"],
    [{ name: "WCT13x/0", deviceType: "Wildcard TE131/TE133" }, "digium-te131"],
    [{ name: "TE4/0/1", deviceType: "Wildcard TE410P (5th Gen)" }, "digium-te420"],
    [{ name: "WCTE4/0/1", deviceType: "Wildcard TE435" }, "digium-te435"],
    [{ name: "DYN/loc/1:0" }, "local-span"],
    [{ name: "SIM/1" }, "simulated-office"],
  ];
  for (const [identity, id] of rows) t.equal(profileFor(profiles, { ...unknownSpan, ...identity })?.id, id);
  t.equal(profileFor(profiles, { ...unknownSpan, name: "XPP/FXS" }), undefined);
  t.end();
});

t.test("ports are named by the profile, or by span and position", (t) => {
  const te131 = profiles.find(({ id }) => id === "digium-te131");
  t.equal(portName(te131, 2, 17), "E1 2 timeslot 17");
  t.equal(portName(undefined, 2, 17), "2/17");
  t.end();
});

t.test("a wrong profile is refused with the place that is wrong", (t) => {
  const good = profiles[0];
  const rows: readonly (readonly [string, RegExp])[] = [
    ["{", /x\.json: /],
    [JSON.stringify({ ...good, id: "x", kind: "T3" }), /\/kind/],
    [JSON.stringify({ ...good, id: "x", extra: 1 }), /\/extra/],
    [JSON.stringify({ ...good, id: "y" }), /\/id is "y"/],
    [JSON.stringify({ ...good, id: "x", match: { spanName: "(" } }), /\/match\/spanName/],
    [JSON.stringify({ ...good, id: "x", match: {} }), /\/match/],
  ];
  for (const [text, message] of rows) {
    try {
      parseProfile("x.json", text);
      t.fail(`taken: ${text}`);
    } catch (error) {
      t.equal(codeOf(error), "ERR_PROFILE_INVALID");
      t.match(error instanceof Error ? error.message : "", message);
    }
  }
  t.end();
});
