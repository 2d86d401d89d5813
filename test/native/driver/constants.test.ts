// The face's numbers are the header's; events and alarms have the driver's names.
import t from "tap";
import { driver } from "node-dahdi";

const { constants, headerConstants, decodeEvent, alarmNames } = driver;

const prefixes: Readonly<Record<keyof typeof constants, string>> = {
  signalling: "SIG_",
  alarms: "ALARM_",
  maintenance: "MAINT_",
  conferenceMode: "CONF_",
  lineConfig: "CONFIG_",
  tones: "TONE_",
  flush: "FLUSH_",
  ioMux: "IOMUX_",
  toneDetect: "TONEDETECT_",
  messageWaiting: "VMWI_",
  events: "EVENT_",
};

t.test("every constant has the value of dahdi/user.h", (t) => {
  for (const [group, prefix] of Object.entries(prefixes)) {
    const values: Readonly<Record<string, number>> = constants[group as keyof typeof constants];
    for (const [name, value] of Object.entries(values)) {
      const key = name === "RESET_COUNTERS" ? name : prefix + name;
      t.equal(headerConstants[key], value >>> 0, key);
    }
  }
  t.end();
});

t.test("no event or alarm of the header is left out", (t) => {
  const missing = (prefix: string, known: object): readonly string[] =>
    Object.keys(headerConstants).filter(
      (key) => key.startsWith(prefix) && !(key.slice(prefix.length) in known) && key !== "ALARM_NONE",
    );
  t.same(missing("EVENT_", constants.events), []);
  t.same(missing("ALARM_", constants.alarms), []);
  t.same(missing("SIG_", constants.signalling), []);
  t.end();
});

t.test("events are decoded, with their digits", (t) => {
  t.same(decodeEvent(17), { name: "POLARITY" });
  t.same(decodeEvent(0x10000 | 0x30), { name: "PULSEDIGIT", digit: "0" });
  t.same(decodeEvent(0x20000 | 0x23), { name: "DTMFDOWN", digit: "#" });
  t.same(decodeEvent(0x40000 | 0x44), { name: "DTMFUP", digit: "D" });
  t.equal(decodeEvent(31), undefined);
  t.equal(decodeEvent(0x80000), undefined);
  t.equal(decodeEvent(-1), undefined);
  t.end();
});

t.test("alarm masks have names", (t) => {
  t.same(alarmNames(0), []);
  t.same(alarmNames(0x408), ["RED", "LMFA"]);
  t.end();
});
