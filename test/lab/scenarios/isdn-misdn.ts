// A second layer 2 that is not ours: the Linux kernel's mISDN, as network and as user, on PRI and on a BRI bus. Each link
// comes up, carries messages both ways past the wrap of its sequence numbers, recovers those that are lost, carries a
// call, and comes back after it was released.
import { execFileSync } from "node:child_process";
import { isdnSide, type Side } from "../support/isdn-side.ts";
import type { Peer } from "../support/peer.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf } from "../support/spans.ts";
import type { DChannelOptions } from "../../../src/signalling/isdn/types.ts";

interface Case {
  readonly what: string;
  /** What mISDN is. */
  readonly side: "network" | "user";
  /** Its terminal endpoint; 127: by TEI management. */
  readonly tei: number;
  readonly ours: Omit<DChannelOptions, "interface">;
}

const cases: readonly Case[] = [
  { what: "PRI, mISDN the network", side: "network", tei: 0, ours: { side: "user", restart: "none" } },
  { what: "PRI, mISDN the user", side: "user", tei: 0, ours: { side: "network", restart: "none" } },
  {
    ...{ what: "a bus of mISDN's, our terminal", side: "network", tei: 127 },
    ours: { side: "user", tei: "automatic" },
  },
  {
    ...{ what: "our bus, a terminal of mISDN's", side: "user", tei: 127 },
    ours: { side: "network", topology: "multipoint", tei: "automatic" },
  },
];

export const scenario: Scenario = {
  name: "isdn-misdn",
  description:
    "the kernel's mISDN as layer 2, network and user, PRI and bus: numbering, loss, a call, release",
  spans: [{ kind: "E1" }, { kind: "E1" }, { kind: "BRI" }, { kind: "BRI" }],
  timeoutSeconds: 300,
  async run(context) {
    loadMisdn();
    for (const [index, one] of cases.entries()) await prove(context, index, one);
  },
};

/** Where l1oip listens for each of its devices, and where it sends to. */
const theirs = 9300;
const own = 9400;

function loadMisdn(): void {
  const tree = process.env["LAB_KERNEL"] ?? "/";
  const list = (of: (index: number) => number | string): string =>
    cases.map((_, index) => of(index)).join(",");
  // It stays: a link that was up keeps the module in use, and nothing else has to do with it.
  const words = [
    ...["-d", tree, "l1oip", `type=${list((index) => (index < 2 ? 2 : 1))}`, `ip=${list(() => "127,0,0,1")}`],
    ...[`port=${list((index) => theirs + index)}`, `remoteport=${list((index) => own + index)}`],
  ];
  execFileSync("modprobe", words, { stdio: ["ignore", "pipe", "pipe"] });
}

async function prove(context: Context, index: number, one: Case): Promise<void> {
  context.log(one.what);
  const { near, far } = pairOf(context.layout, index);
  const primary = near.plan.kind === "E1";
  const misdn = await context.peer({
    program: "misdn-peer",
    name: `misdn${index + 1}`,
    arguments: {
      ...{ type: primary ? "pri" : "bri", side: one.side, tei: one.tei },
      ...{ dchan: channelAt(far, far.data ?? 0), device: index, port: own + index, remote: theirs + index },
    },
  });
  const side = isdnSide(context, { span: near, ...one.ours });
  if (one.side === "user") misdn.send("establish");
  const { tei } = await misdn.expect({ event: "up" }, 20_000);
  await context.until("our side has the link too", () => side.up);
  if (one.tei === 127) context.prove(Number(tei) >= 64 && Number(tei) < 127, `TEI ${tei}, assigned`);

  const references = createReferences(primary);
  await enquire(context, misdn, references, 300, "past the wrap of 128, in order");
  misdn.send("lose", { every: 7 });
  await enquire(context, misdn, references, 60, "with each seventh frame lost, in order and once");
  misdn.send("lose", { every: 0 });
  const { frames } = await misdn.expect({ event: "lost" });
  context.prove(Number(frames) > 20, `${frames} frames were lost`);
  await carryCall(context, misdn, side, primary);

  misdn.send("release");
  await misdn.expect({ event: "down" });
  await context.until("our side sees it", () => !side.up || misdn.taken({ event: "up" }) !== undefined);
  if (one.side === "user" && one.tei === 127) misdn.send("establish");
  await context.until("the link is up again", () => side.up, 30_000);
  await enquire(context, misdn, references, 20, "after it, from number 0");
  context.equal([side.faults, side.open, side.busy()], [[], 0, []], "faults, open calls, busy channels");
  side.runner.close();
  await misdn.quit();
}

/** A call reference that is nobody's, each time another, in hexadecimal. */
function createReferences(primary: boolean): () => string {
  let last = 0;
  return () => {
    last = (last % (primary ? 0x7000 : 0x70)) + 1;
    return last.toString(16).padStart(primary ? 4 : 2, "0");
  };
}

const withFlag = (reference: string): string =>
  (parseInt(reference.slice(0, 2), 16) | 0x80).toString(16) + reference.slice(2);
const head = (reference: string): string => `080${reference.length / 2}${reference}`;

/** STATUS ENQUIRY of calls that are not there: each is answered by STATUS (Q.931 §5.8.10). */
async function enquire(
  context: Context,
  misdn: Peer,
  next: () => string,
  count: number,
  what: string,
): Promise<void> {
  const before = misdn.history.length;
  const sent = Array.from({ length: count }, next);
  for (const reference of sent) misdn.send("data", { octets: `${head(reference)}75` });
  const answers = (): readonly string[] =>
    misdn.history
      .slice(before)
      .filter(({ event }) => event === "data")
      .map(({ octets }) => String(octets));
  await context.until(`${count} answers ${what}`, () => answers().length >= count, 120_000);
  await context.sleep(1500);
  const expected = sent.map((reference) => `${head(withFlag(reference))}7d`);
  const got = answers().map((octets, index) => octets.slice(0, expected[index]?.length));
  context.equal(got.length, count, "answers");
  context.prove(got.join() === expected.join(), `each to its enquiry ${what}`);
}

/** Our side calls and hangs up; the messages of the other are written here. */
async function carryCall(context: Context, misdn: Peer, side: Side, primary: boolean): Promise<void> {
  const digits = primary ? 4 : 2;
  const message = async (type: string): Promise<{ readonly reference: string; readonly octets: string }> => {
    let found: string | undefined;
    const at = 4 + digits;
    await context.until(`message ${type}`, () => {
      found = misdn.history
        .map(({ octets = "" }) => String(octets))
        .find((octets) => octets.slice(at, at + 2) === type && octets.startsWith("08") && !used.has(octets));
      return found !== undefined;
    });
    const octets = found ?? "";
    used.add(octets);
    return { reference: octets.slice(4, at), octets };
  };
  const used = new Set<string>();
  const outcome = side.place({ called: "4700" });
  const setup = await message("05");
  const channel = /18(?:03a9..|01)../u.exec(setup.octets)?.[0] ?? "";
  // Exclusive, as an answer names it.
  const named = channel.startsWith("1801")
    ? `1801${(parseInt(channel.slice(4), 16) | 0x08).toString(16)}`
    : channel.replace(/^1803a[19]/u, "1803a9");
  const answer = head(withFlag(setup.reference));
  misdn.send("data", { octets: `${answer}07${named}` });
  await message("45");
  misdn.send("data", { octets: `${answer}4d` });
  const { answered, cause, well } = await outcome;
  context.equal([answered, cause, well], [true, 16, true], "a call: answered, cause, as it should");
}
