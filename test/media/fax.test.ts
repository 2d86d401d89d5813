// Faxes between two ports of one engine: the pages that arrive are those that were sent, on a clean line and on bad ones.
// They take the time that they take; all run at once, each on a pair of its own.
import { readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import type { FaxEnd, FaxProgress, FaxSetup, MediaPort } from "../../src/media/engine.ts";
import { readTiff, textPage, writeTiff, type Page } from "../support/tiff.ts";
import { engineFor, folder, pair } from "./support.ts";

t.setTimeout(240_000);
t.jobs = 16;
const dir = folder();
t.teardown(() => rmSync(dir, { recursive: true, force: true }));
const engine = engineFor(t);
const pages = [1, 2].map((n) => textPage(n, 120));
const file = join(dir, "pages.tif");
writeTiff(file, pages);

interface Transfer {
  readonly sent: FaxEnd;
  readonly received: FaxEnd;
  readonly got: readonly Page[];
  readonly progress: readonly FaxProgress[];
  /** How long the line was used, in its own time. */
  readonly lineMs: number;
}

/** @param trouble done to the line meanwhile, by the sender's port */
async function transfer(
  name: string,
  setup: Omit<FaxSetup, "calling">,
  trouble: (line: MediaPort) => () => void = () => () => undefined,
): Promise<Transfer> {
  const [near, far] = [engine.open(pair(name, "near")), engine.open(pair(name, "far"))];
  const target = join(dir, `${name}.tif`);
  const progress: FaxProgress[] = [];
  const receiving = far.fax({
    calling: false,
    receive: target,
    ident: "+86 755 2",
    errorCorrection: setup.errorCorrection ?? true,
    onPage: (page) => progress.push(page),
  });
  const sending = near.fax({ ...setup, calling: true, send: file, ident: "+86 10 1" });
  const calm = trouble(near);
  const [sent, received] = await Promise.all([sending.finished, receiving.finished]);
  calm();
  const lineMs = near.stats().sent / 8;
  await Promise.all([near.close(), far.close()]);
  return { sent, received, got: readTiff(target), progress, lineMs };
}

/** How many rows of the page below its header line are those that were sent. */
function sameRows(got: Page | undefined, wanted: Page | undefined): number {
  if (got === undefined || wanted === undefined) return 0;
  const header = got.rows.length - wanted.rows.length;
  return wanted.rows.filter((row, y) => Buffer.from(row).equals(Buffer.from(got.rows[y + header] ?? [])))
    .length;
}

/** Bursts of a tone over what is sent, and the carrier gone for a while, in turn, once pages are on their way. */
const badLine =
  (burstMs: number, dropMs: number) =>
  (line: MediaPort): (() => void) => {
    const noise = line.playOver({
      parts: [
        { frequencies: [], levelDbm0: 0, ms: 11_000 },
        { frequencies: [1800, 1000], levelDbm0: -12, ms: burstMs },
        { frequencies: [], levelDbm0: 0, ms: 700 },
        { frequencies: [1800, 1000], levelDbm0: -12, ms: burstMs },
        { frequencies: [], levelDbm0: 0, ms: 20_000 },
      ],
      repeat: false,
    });
    const drop = setTimeout(() => {
      line.mute({ send: true });
      setTimeout(() => line.mute({ send: false }), dropMs);
    }, 12_500);
    return () => {
      clearTimeout(drop);
      noise.stop();
    };
  };

t.test("with error correction, header line and identification", async (t) => {
  const { sent, received, got, progress } = await transfer("ecm", {
    header: "Callbox office",
    zone: "CST-8",
  });
  t.match(sent, {
    reason: "done",
    status: "ok",
    pages: 2,
    bitRate: 14_400,
    errorCorrection: true,
    far: "+86 755 2",
  });
  t.match(received, { reason: "done", status: "ok", pages: 2, far: "+86 10 1", badRows: 0 });
  t.same(
    progress.map((page) => page.pages),
    [1, 2],
    "told page by page",
  );
  t.equal(got.length, 2);
  for (const [i, page] of pages.entries()) {
    t.equal(sameRows(got[i], page), page.rows.length, `page ${i + 1}, bit by bit`);
    const header = got[i]?.rows.slice(0, 16) ?? [];
    t.ok(
      header.some((row) => row.some((byte) => byte !== 0)),
      "a line above it",
    );
  }
});

t.test("without error correction", async (t) => {
  const { sent, received, got } = await transfer("plain", { errorCorrection: false });
  t.match([sent.status, received.status, received.errorCorrection], ["ok", "ok", false]);
  for (const [i, page] of pages.entries()) {
    t.equal(got[i]?.rows.length, page.rows.length, "no header line");
    t.equal(sameRows(got[i], page), page.rows.length);
  }
});

t.test("without V.17", async (t) => {
  const { sent, got } = await transfer("slow", { fast: false });
  t.equal(sent.status, "ok");
  t.ok(sent.bitRate <= 9600, `${sent.bitRate} bit/s`);
  t.equal(sameRows(got[0], pages[0]), pages[0]?.rows.length);
});

t.test("noise and a lost carrier, with error correction: every page arrives as it was sent", async (t) => {
  const [clean, { sent, received, got, lineMs }] = await Promise.all([
    transfer("clean-ecm", {}),
    transfer("noisy-ecm", {}, badLine(60, 300)),
  ]);
  t.match([sent.status, received.status], ["ok", "ok"]);
  t.ok(lineMs > clean.lineMs + 2000, `${lineMs - clean.lineMs} ms more for what was sent again`);
  for (const [i, page] of pages.entries()) t.equal(sameRows(got[i], page), page.rows.length, `page ${i + 1}`);
});

t.test("noise without error correction: what is damaged is counted", async (t) => {
  const { received, got, progress } = await transfer(
    "noisy-plain",
    { errorCorrection: false },
    badLine(40, 0),
  );
  const bad = Math.max(...[...progress, received].map(({ badRows }) => badRows));
  t.ok(bad > 0, `${bad} bad rows, ${got.length} pages, ${received.status}`);
});

t.test(
  "the goodbye is lost: all pages are there and were confirmed, so all is well, by and by",
  async (t) => {
    let line: MediaPort | undefined;
    const { sent, received, got } = await transfer(
      "goodbye",
      { onPage: (page) => page.pages === pages.length && line?.mute({ send: true }) },
      (near) => {
        line = near;
        return () => undefined;
      },
    );
    t.match([sent.status, received.status, got.length], ["ok", "ok", pages.length]);
  },
);

t.test("a fax whose file is not there, is none, or whose port closes, ends and says why", async (t) => {
  const [near, far] = [engine.open(pair("broken", "near")), engine.open(pair("broken", "far"))];
  t.match(await near.fax({ calling: true, send: join(dir, "none.tif") }).finished, {
    reason: "done",
    status: "file",
  });
  const none = join(dir, "text.tif");
  writeFileSync(none, "this is no image");
  t.match(await near.fax({ calling: true, send: none }).finished, { reason: "done", status: "file" });
  const replaced = near.fax({ calling: false, receive: join(dir, "never.tif") });
  const stopped = near.fax({ calling: false, receive: join(dir, "never.tif") });
  t.match(await replaced.finished, { reason: "stopped" });
  stopped.stop();
  t.match(await stopped.finished, { reason: "stopped", pages: 0 });
  const closed = near.fax({ calling: false, receive: join(dir, "never.tif") });
  await near.close();
  t.match(await closed.finished, { reason: "closed" });
  t.match(await near.fax({ calling: true, send: file }).finished, { reason: "closed" });
  await far.close();
});

t.test(
  "a fax machine that calls, and one that answers, make themselves known once; speech and other tones do not",
  async (t) => {
    const [near, far] = [engine.open(pair("tones", "near")), engine.open(pair("tones", "far"))];
    const heard: string[] = [];
    near.events.on((event) => event.type === "fax-tone" && heard.push(event.tone));
    near.detectFax(true);
    const sound = async (hz: number, ms: number, levelDbm0 = -20): Promise<void> => {
      const parts = [
        { frequencies: [hz], levelDbm0, ms },
        { frequencies: [], levelDbm0: 0, ms: 100 },
      ];
      await far.playTone({ parts, repeat: false }).finished;
    };
    const again = (): string => {
      near.detectFax(false);
      near.detectFax(true);
      return heard.splice(0).join();
    };
    const rows: readonly [hz: number, ms: number, levelDbm0: number, heard: string][] = [
      [1100, 500, -10, "cng"],
      [1062, 425, -40, "cng"],
      [1138, 575, -20, "cng"],
      [1100, 300, -10, ""],
      [1100, 900, -10, ""],
      [1100, 500, -50, ""],
      [1000, 500, -10, ""],
      [1200, 500, -10, ""],
      [2100, 600, -12, "ced"],
      [2085, 600, -30, "ced"],
      [2115, 600, -12, "ced"],
      [2100, 300, -12, ""],
      [2280, 700, -12, ""],
    ];
    for (const [hz, ms, levelDbm0, wanted] of rows) {
      await sound(hz, ms, levelDbm0);
      t.equal(again(), wanted, `${hz} Hz for ${ms} ms at ${levelDbm0} dBm0`);
    }
    for (let i = 0; i < 3; i++) await sound(1100, 500);
    t.equal(again(), "cng", "once");
    const prompts = "/usr/share/asterisk/sounds/en_US_f_Allison";
    const files = readdirSync(prompts).filter((name) => name.startsWith("v") && name.endsWith(".wav"));
    await far.play(files.slice(0, 12).map((name) => join(prompts, name))).finished;
    t.equal(again(), "", `${files.length} prompts`);
    await Promise.all([near.close(), far.close()]);
  },
);
