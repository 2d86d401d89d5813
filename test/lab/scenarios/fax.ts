// Faxes over channels of the real driver, twenty pages each way at once: with error correction on lines with noise and a lost
// carrier, every page is the one that was sent; without it, equal on clean lines, and counted where the line is bad.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { FaxEnd, MediaPort } from "../../../src/media/engine.ts";
import { createMediaEngine } from "../../../src/media/native-engine.ts";
import { readTiff, textPage, writeTiff } from "../../support/tiff.ts";
import { openPort } from "../support/bare.ts";
import type { Context, Scenario } from "../support/scenario.ts";
import { pairOf, type SpanPlace } from "../support/spans.ts";

const count = 20;
/** A page takes some five seconds with what T.30 says between pages. */
const timeoutSeconds = 900;

interface Way {
  readonly name: string;
  readonly outward: boolean;
  readonly errorCorrection: boolean;
  readonly bad: boolean;
}

const ways: readonly Way[] = [
  { name: "ecm-out", outward: true, errorCorrection: true, bad: true },
  { name: "ecm-in", outward: false, errorCorrection: true, bad: true },
  { name: "plain-out", outward: true, errorCorrection: false, bad: false },
  { name: "plain-in", outward: false, errorCorrection: false, bad: false },
  { name: "plain-bad", outward: false, errorCorrection: false, bad: true },
];

export const scenario: Scenario = {
  name: "fax",
  description: "twenty pages each way, with error correction and without, on clean and on bad lines",
  spans: [{ kind: "E1" }],
  timeoutSeconds,
  async run(context: Context) {
    const { near, far } = pairOf(context.layout);
    const engine = createMediaEngine();
    context.onClose(() => engine.close());
    const open = (span: SpanPlace, position: number) => openPort(context, engine, span, position).port;
    const pages = Array.from({ length: count }, (_, i) => textPage(i + 1, 96));
    // In the VM's memory: the host's file system is too far away for modems that wait for it.
    const folder = mkdtempSync("/var/lib/callbox-fax-");
    context.onClose(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "pages.tif");
    writeTiff(file, pages);

    const run = async ({ name, outward, errorCorrection, bad }: Way, index: number): Promise<void> => {
      const [inner, outer] = [open(near, index + 1), open(far, index + 1)];
      const [from, to] = outward ? [inner, outer] : [outer, inner];
      await context.sleep(500);
      const target = join(folder, `${name}.tif`);
      let badRows = 0;
      const receiving = to.fax({
        calling: false,
        receive: target,
        ident: "+86 755 5550100",
        errorCorrection,
        onPage: (page) => (badRows += page.badRows),
      });
      const sending = from.fax({ calling: true, send: file, ident: "+86 10 5550200", errorCorrection });
      const trouble = { done: false };
      const troubled = bad
        ? disturb(context, from, trouble, errorCorrection ? slight : heavy)
        : Promise.resolve();
      const [sent, received] = await Promise.all([sending.finished, receiving.finished]);
      trouble.done = true;
      await troubled;
      context.log(`${name}: ${JSON.stringify({ sent, received, badRows })}`);
      const [underSent, underReceived] = [from, to].map((port) => port.stats().underruns);
      context.equal([underSent, underReceived], [0, 0], `${name}: gaps that the driver counted`);
      judge(name, errorCorrection || !bad, { sent, received, badRows, target });
    };
    const judge = (
      name: string,
      exact: boolean,
      of: {
        readonly sent: FaxEnd;
        readonly received: FaxEnd;
        readonly badRows: number;
        readonly target: string;
      },
    ): void => {
      const got = readTiff(of.target);
      const same = pages.filter((page, i) => {
        const rows = got[i]?.rows ?? [];
        return (
          rows.length === page.rows.length &&
          page.rows.every((row, y) => Buffer.from(row).equals(rows[y] ?? Buffer.alloc(0)))
        );
      }).length;
      context.log(`${name}: ${same} of ${got.length} pages equal`);
      if (!exact) {
        context.prove(of.badRows > 0, `${name}: ${of.badRows} bad rows are counted`);
        // Whoever is told to train again (RTN) does so at the next lower speed.
        context.prove(
          of.sent.bitRate < 14_400,
          `${name}: ${of.sent.bitRate} bit/s after pages that were refused`,
        );
        return;
      }
      context.equal(
        [of.sent.status, of.received.status],
        ["ok", "ok"],
        `${name}: how T.30 ended at both ends`,
      );
      context.equal([of.sent.pages, of.received.pages, got.length], [count, count, count], `${name}: pages`);
      context.equal(same, count, `${name}: pages that arrived as they were sent`);
    };
    await Promise.all(ways.map(run));
    await engine.close();
  },
};

interface Trouble {
  readonly everyMs: number;
  readonly burstMs: number;
  /** Share of the troubles that are a lost carrier. */
  readonly drops: number;
}
const slight: Trouble = { everyMs: 6000, burstMs: 25, drops: 0.2 };
/** Damages more lines of a page than a receiver lets pass. */
const heavy: Trouble = { everyMs: 1200, burstMs: 80, drops: 0 };

/** Short bursts of noise, and now and then the carrier gone for a while, at moments of no pattern. */
async function disturb(
  context: Context,
  line: MediaPort,
  until: { readonly done: boolean },
  { everyMs, burstMs, drops }: Trouble,
): Promise<void> {
  let state = line.id * 7919;
  const random = (): number => (state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff) / 0x7fffffff;
  await context.sleep(11_000);
  while (!until.done) {
    await context.sleep(everyMs * (1 + random()));
    if (random() < drops) {
      line.mute({ send: true });
      await context.sleep(150);
      line.mute({ send: false });
    } else {
      line.playOver({
        parts: [{ frequencies: [1000, 1800], levelDbm0: -12, ms: burstMs * (1 + random()) }],
        repeat: false,
      });
    }
  }
}
