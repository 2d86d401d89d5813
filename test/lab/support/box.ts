// What every call scenario proves of the box after its calls: nothing is left open, and the records tell what happened.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { SpanSettings } from "../../../src/config/settings.ts";
import type { Appliance, RecordView } from "./appliance.ts";
import { channelsInUse } from "./driver.ts";
import { proveAbsent, provePrompt, prompt, samplesOf } from "./proofs.ts";
import type { Context } from "./scenario.ts";
import { channelAt } from "./spans.ts";

/** The flow of the lab's office: a welcome, then 1 hang up, 2 telephone 201, 3 the queue. */
export const mainFlow = {
  name: "Main",
  start: "welcome",
  nodes: {
    welcome: { type: "play", say: [{ prompt: "hello-world" }], next: "menu" },
    menu: {
      type: "menu",
      say: [{ prompt: "vm-goodbye" }],
      keys: { "1": "bye", "2": "phone", "3": "line" },
      timeoutSeconds: 20,
      otherwise: "bye",
    },
    bye: { type: "hang-up", say: [{ prompt: "goodbye" }] },
    phone: { type: "transfer", to: { extension: "201" } },
    line: { type: "queue", queue: "sales" },
  },
} as const;

/** The same, but it keeps a caller in the menu until the key. */
export const patientFlow = {
  ...mainFlow,
  nodes: { ...mainFlow.nodes, menu: { ...mainFlow.nodes.menu, timeoutSeconds: 60, attempts: 10 } },
} as const;

/** Descriptors of the appliance's process. */
export const descriptors = (appliance: Appliance): number => readdirSync(`/proc/${appliance.pid}/fd`).length;

/** What is open while no call is up; to be asked again after the calls. */
export interface Baseline {
  readonly descriptors: number;
  readonly inUse: readonly number[];
  readonly ports: number;
}

export async function baseline(context: Context, appliance: Appliance): Promise<Baseline> {
  let told = "";
  const ready = async (): Promise<boolean> => {
    const { spans, lines } = await appliance.get("GET /lines");
    const up = spans.filter((span) => span.dataLink !== false && span.alarms.length === 0);
    const states = Object.groupBy(lines, (line) => `${line.span} ${line.state}`);
    const now = `spans in order ${up.map((span) => span.number).join(" ")}; lines ${Object.entries(states)
      .map(([state, those]) => `${state}: ${those?.length ?? 0}`)
      .join(", ")}`;
    if (now !== told) context.log(now);
    told = now;
    return up.length === context.layout.near.length && lines.every((line) => line.state === "idle");
  };
  // RESTART of every channel comes first.
  await context.until("the lines are ready", ready, 60_000);
  return measure(context, appliance);
}

/** After a change of the first span: the data links of all are up, its lines idle. */
export async function spansInOrder(context: Context, appliance: Appliance): Promise<void> {
  await context.until(
    "both data links are up and the changed span's lines idle",
    async () => {
      const { spans, lines } = await appliance.get("GET /lines");
      const up = spans.every(({ dataLink }) => dataLink === true);
      return up && lines.every(({ span, state }) => span !== 1 || state === "idle");
    },
    90_000,
  );
}

/** Puts other spans into force on trial. */
export async function tryChange(
  context: Context,
  appliance: Appliance,
  spans: readonly SpanSettings[],
  confirmSeconds: number,
): Promise<void> {
  const reply = await appliance.send("POST", "/lines/change", { spans, confirmSeconds });
  context.log(`change: ${JSON.stringify(reply)}`);
}

/** How the change on trial ended. */
export async function changeResult(context: Context, appliance: Appliance) {
  const view = () => appliance.get("GET /lines/change");
  await context.until("the change is over", async () => (await view()).phase === "none", 60_000);
  const { last } = await view();
  context.log(`result: ${JSON.stringify(last)}`);
  return last;
}

/** What is open now. Only the near spans count: the far ends have come and gone meanwhile. */
export async function measure(context: Context, appliance: Appliance): Promise<Baseline> {
  const near = context.layout.near.map(
    (span) => [channelAt(span, 1), channelAt(span, span.channels)] as const,
  );
  const inUse = channelsInUse().filter((channel) =>
    near.some(([first, last]) => channel >= first && channel <= last),
  );
  const { media } = await appliance.get("GET /health");
  return { descriptors: descriptors(appliance), inUse, ports: media.ports };
}

/** Nothing is open that was not before: the driver's channels, the process's descriptors, the engine's ports. */
export async function proveNothingLeft(
  context: Context,
  appliance: Appliance,
  before: Baseline,
): Promise<void> {
  await context.until(
    "calls are over",
    async () => (await appliance.get("GET /calls")).calls.length === 0,
    10_000,
  );
  const { media } = await appliance.get("GET /health");
  context.log(`media: ${JSON.stringify(media)}`);
  let now = await measure(context, appliance);
  const more = (): boolean =>
    now.descriptors > before.descriptors ||
    now.ports !== before.ports ||
    now.inUse.length !== before.inUse.length;
  // A telephone is hung up after 1.25 s; files are closed by a thread of their own, connections by their peers.
  for (let waited = 0; waited < 20 && more(); waited++) {
    await context.sleep(250);
    now = await measure(context, appliance);
  }
  context.equal(now.inUse, before.inUse, "the driver's channels in use");
  context.equal(now.ports, before.ports, "ports of the media engine");
  // A keep-alive connection or two of ours may be among them.
  context.prove(
    now.descriptors <= before.descriptors + 2,
    `descriptors of the process: ${now.descriptors}, ${before.descriptors} before`,
  );
}

/** The records in order, as `direction disposition cause`. */
export const outline = (records: readonly RecordView[]): readonly string[] =>
  records.map((record) => `${record.direction} ${record.disposition} ${record.cause ?? "?"}`);

/** The recording of a call has what the caller said on the left, what the other said on the right. */
export async function proveRecording(
  context: Context,
  appliance: Appliance,
  record: RecordView,
  said: { readonly left: string; readonly right: string },
): Promise<void> {
  const recording = record.recordings[0];
  context.check(recording !== undefined, `call ${record.id} has a recording`);
  const path = await appliance.fetchRecording(recording.id, `recording-${record.id}.wav`);
  const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
  context.equal(recording.sha256, digest, "the digest that was kept is that of what is downloaded");
  const [left, right] = [samplesOf(path, 0), samplesOf(path, 1)];
  context.near(left.length / 8, recording.durationMs ?? 0, 100, "the recording's length, ms");
  provePrompt(context, left, prompt(said.left), "the recording, left");
  provePrompt(context, right, prompt(said.right), "the recording, right");
  proveAbsent(context, left, prompt(said.right), "the recording, left, of what is on the right");
  proveAbsent(context, right, prompt(said.left), "the recording, right, of what is on the left");
}
