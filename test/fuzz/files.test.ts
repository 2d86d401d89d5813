// Hostile configuration files: real ones that were mutated. Nothing may throw, each line is told of once, what is
// proposed is valid, and what was read is written back byte for byte. FUZZ_SEED repeats a run, FUZZ_FILES sets its length.
import t from "tap";
import { Value } from "typebox/value";
import { AnalogSettings, SpanSettings } from "../../src/config/settings.ts";
import { parseAssignedSpans } from "../../src/provisioning/assigned-spans.ts";
import { importChanDahdi, type BoxChannel } from "../../src/provisioning/chan-dahdi-import.ts";
import { parseChanDahdi } from "../../src/provisioning/chan-dahdi.ts";
import { confText } from "../../src/provisioning/conf-lines.ts";
import { exportSystemConf, importSystemConf } from "../../src/provisioning/system-conf-spans.ts";
import { parseSystemConf } from "../../src/provisioning/system-conf.ts";
import { seeded } from "../signalling/isdn/joined.ts";

const seed = Number(process.env["FUZZ_SEED"] ?? 931);
const wanted = Number(process.env["FUZZ_FILES"] ?? 12_000);
const random = seeded(seed);
const below = (n: number): number => Math.floor(random() * n);
const pick = <T>(list: readonly T[], other: T): T => list[below(list.length)] ?? other;

const system = `# E1 to the exchange
span=1,1,0,ccs,hdb3,crc4
bchan=1-15,17-31
hardhdlc=16
span=2,2,0,ccs,ami
bchan=32-33
hardhdlc=34
fxsks=35-36
fxoks=37-38
cas=40-46:1101
echocanceller=oslec,1-15,17-31
loadzone=cn
defaultzone=cn
`;
const assigned = `pci:0000:02:08.0 1:1:1 2:2:32 # two ports
@Wildcard 3:3:35
/sys/devices/x 4:-:-
`;
const chan = `[channels]
switchtype=euroisdn
signalling=pri_cpe
pridialplan=dynamic
nationalprefix=0
overlapdial=yes
pritimer => t309,30000
group=0,1
channel => 1-15,17-31
;-- old --;
signalling=bri_cpe_ptmp
msn=4712,4713
channel => 32-33
signalling=fxs_ks
group=2
channel => 35,36
`;
const odd = [
  "=",
  "=>",
  ";",
  "#",
  ",",
  "-",
  ":",
  "[",
  "](!)",
  ";--",
  "--;",
  "\\;",
  "\n",
  "\r\n",
  "\0",
  "９",
  "99999999999",
  "1-4096",
  "",
  "\u2028",
];

function mutate(text: string): string {
  let own = text;
  for (let i = below(6) + 1; i > 0; i--) {
    const at = below(own.length + 1);
    const length = below(4) === 0 ? below(40) : below(3);
    const what = below(4);
    if (what === 0) own = own.slice(0, at) + pick(odd, "") + own.slice(at + length);
    else if (what === 1) own = own.slice(0, at) + own.slice(at + length);
    else if (what === 2) own = own.slice(0, at) + own.slice(below(own.length + 1), at + 60) + own.slice(at);
    else own = own.slice(0, at) + String.fromCharCode(below(0x250)) + own.slice(at);
  }
  return own.slice(0, 4000);
}

const box: readonly BoxChannel[] = Array.from({ length: 38 }, (_, i) => i + 1)
  .filter((channel) => channel !== 16 && channel !== 34)
  .map((channel) => ({
    channel,
    span: channel < 32 ? 1 : channel < 34 ? 2 : 3,
    position: channel < 32 ? channel : channel < 34 ? channel - 31 : channel - 34,
    kind: channel < 34 ? "isdn" : channel < 37 ? "fxo" : "fxs",
  }));
const boxSpans = [
  { number: 1, kind: "E1", firstChannel: 1 },
  { number: 2, kind: "BRI", firstChannel: 32 },
] as const;
const present = { spans: [], analog: [], trunkGroups: [] };

t.test(`${wanted} files, FUZZ_SEED=${seed}`, (t) => {
  for (let i = 0; i < wanted; i++) {
    const kind = i % 3;
    const text = mutate(pick([system, assigned, chan].slice(kind, kind + 1), chan));
    if (kind === 0) {
      const { spans } = importSystemConf(text, boxSpans, present);
      const valid = spans.every((span) => Value.Check(SpanSettings, span));
      if (!valid || confText(parseSystemConf(text).lines) !== text) t.fail(JSON.stringify(text));
      exportSystemConf(text, boxSpans, { spans });
    }
    if (kind === 1 && confText(parseAssignedSpans(text).lines) !== text) t.fail(JSON.stringify(text));
    if (kind !== 2) continue;
    const { spans, analog, understood, notUnderstood } = importChanDahdi(text, box, present);
    const told = [...understood, ...notUnderstood].map(({ line }) => line).sort((a, b) => a - b);
    const said = parseChanDahdi(text).lines.map(({ line }) => line);
    const valid =
      spans.every((span) => Value.Check(SpanSettings, span)) &&
      analog.every((port) => Value.Check(AnalogSettings, port));
    if (!valid || told.join() !== said.join()) t.fail(JSON.stringify(text));
  }
  t.pass("none threw; all lines accounted for");
  t.end();
});
