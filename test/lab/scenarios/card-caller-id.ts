// Who calls, told over analog lines of a card: an exchange's line and a telephone's line of ours face each other, each kind on
// each side, in every form that exchanges have.
import { driver } from "node-dahdi";
import { openHardware } from "../../../src/compose/boards.ts";
import type { Leg } from "../../../src/lines/leg.ts";
import { createLines, type LinesOptions } from "../../../src/lines/lines.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { toneOf, type CallerIdForm, type ToneName } from "../../../src/media/tones.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { silentLogger } from "../../../src/shared/log.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { channelAt, pairOf, type SpanPlace } from "../support/spans.ts";

const forms: readonly CallerIdForm[] = [
  { form: "bell202" },
  { form: "v23", before: true },
  { form: "dtmf", begin: "D", end: "C" },
];

export const scenario: Scenario = {
  name: "card-caller-id",
  description:
    "who calls, told to an exchange line and to a telephone: Bell 202, V.23 before the first ring, keys",
  spans: [{ kind: "analog", near: ["fxo", "fxs"] }],
  hardware: "card",
  timeoutSeconds: 400,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const media = createMediaEngine();
    context.onClose(() => media.close());
    for (const form of forms) {
      const name = `${form.form}${form.before === true ? ", before the first ring" : ""}`;
      const sides = [near, far].map((span) => side(media, span, form)) as [Side, Side];
      await warmUp(context, sides);
      for (const [from, to] of [sides, [...sides].reverse() as [Side, Side]])
        await prove(context, name, from, to);
      for (const { close } of sides) await close();
    }
    await proveLamp(context, media, near, far);
    await media.close();
  },
};

/** A telephone that rests is told that messages wait, and that they do so no more: heard where it is. */
async function proveLamp(
  context: Context,
  media: LinesOptions["media"],
  near: SpanPlace,
  far: SpanPlace,
): Promise<void> {
  const box = side(media, near, { form: "bell202" });
  const channel = driver.openChannel(channelAt(far, phoneOf(near)));
  context.onClose(() => channel.close());
  channel.setLaw("alaw");
  const telephone = media.open({ kind: "dahdi", channel, law: "alaw" });
  const heard: string[] = [];
  telephone.events.on((event) => {
    if (event.type === "message") heard.push(Buffer.from(event.message).toString("hex"));
  });
  telephone.detectMessages("bell202");
  await context.sleep(500);
  for (const [wait, message] of [
    [true, "82030b01ff"],
    [false, "82030b0100"],
  ] as const) {
    box.lines.tellMessages("201", wait);
    await context.until(`message waiting ${wait}`, () => heard.length > 0, 5000);
    context.equal(heard.splice(0), [message], `what the telephone's lamp is told: ${wait}`);
    await context.sleep(1500);
  }
  await telephone.close();
  channel.close();
  await box.close();
}

interface Side {
  readonly span: SpanPlace;
  readonly lines: ReturnType<typeof createLines>;
  readonly offered: Leg[];
  readonly close: () => Promise<void>;
}

function side(media: LinesOptions["media"], span: SpanPlace, callerId: CallerIdForm): Side {
  const { board } = openHardware({
    clock: systemClock,
    log: silentLogger,
    profiles: [],
    simulated: false,
    spans: [span.number],
  });
  const tone = (name: ToneName) => toneOf("cn", name);
  const position = phoneOf(span);
  const lines = createLines({
    boards: [board],
    media,
    settings: () => ({
      spans: [],
      analog: [{ port: { span: span.number, position: 3 - position }, group: "lines", ringsBeforeOffer: 1 }],
      trunkGroups: [],
      extensions: [{ number: "201", name: "Phone", port: { span: span.number, position } }],
    }),
    clock: systemClock,
    tones: {
      dial: tone("dial"),
      ringback: tone("ringback"),
      busy: tone("busy"),
      congestion: tone("congestion"),
      sit: tone("sit"),
      howler: tone("howler"),
      ringCadence: [1000, 4000],
    },
    callerId,
    matchNumber: () => "incomplete",
  });
  const offered: Leg[] = [];
  lines.events.on((event) => event.type === "incoming" && offered.push(event.leg));
  return {
    span,
    lines,
    offered,
    async close() {
      await lines.close();
      await board.close();
    },
  };
}

/** The near span's second port is for a telephone; the far span's first, which faces the near exchange line. */
const phoneOf = ({ side: which }: SpanPlace): number => (which === "near" ? 2 : 1);

/** After it was opened the driver's exchange line does not notice a first ring. */
async function warmUp(context: Context, sides: readonly [Side, Side]): Promise<void> {
  const legs = sides.map((from) => ring(from, "", "restricted"));
  await context.until("both lines ring", () => sides.every(({ offered }) => offered.length > 0), 20_000);
  for (const leg of [...legs, ...sides.flatMap(({ offered }) => offered)]) leg.release();
  await context.sleep(8000);
}

const ring = (from: Side, digits: string, presentation: Leg["calling"]["presentation"]): Leg =>
  from.lines.dial({
    called: { digits: "201", type: "unknown", presentation: "allowed" },
    calling: { digits, type: "unknown", presentation, name: "Wang Wei" },
    via: { line: `${from.span.number}/${phoneOf(from.span)}` },
  });

/** A telephone's port of one side rings the exchange line of the other, which is offered the call. */
async function prove(context: Context, form: string, from: Side, to: Side): Promise<void> {
  const label = `${form}, ${from.span.side} to ${to.span.side}`;
  const callers = [
    ["0755880001", "allowed"],
    ["", "restricted"],
  ] as const;
  // Withheld is the same on the way back.
  for (const [digits, presentation] of callers.slice(0, from.span.side === "near" ? 2 : 1)) {
    to.offered.length = 0;
    const leg = ring(from, digits, presentation);
    await context.until(`${label}: offered`, () => to.offered.length > 0, 12_000);
    const [offer] = to.offered;
    context.equal(
      [offer?.calling.digits, offer?.calling.presentation],
      [digits, presentation],
      `${label}: who calls`,
    );
    if (digits !== "" && !form.startsWith("dtmf"))
      context.equal(offer?.calling.name, "Wang Wei", `${label}: by name`);
    offer?.answer();
    await context.until(`${label}: answered`, () => leg.state === "connected", 5000);
    leg.media?.playTone({ parts: [{ frequencies: [440], levelDbm0: -13, ms: 1000 }], repeat: true });
    await context.sleep(700);
    context.near(offer?.media?.levels().received ?? -90, -13, 1, `${label}: and both hear each other, dBm0`);
    offer?.release();
    leg.release();
    await context.sleep(2500);
  }
}
