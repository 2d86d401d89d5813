// Faxes that go out: a document made pages, a call by the dial plan, T.30, tries again, and the story in journal and record.
// T.30 itself is what a fake port makes of it; on the real driver it is proved in the lab.
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import t from "tap";
import { mostPages, writePages } from "../../src/fax/document.ts";
import type { FaxJob } from "../../src/fax/outbox.ts";
import { removeOldFaxes } from "../../src/fax/retention.ts";
import type { FakeLeg } from "../support/fake-lines.ts";
import { temporaryFolder } from "../support/folder.ts";
import { createOffice, type Office } from "../support/office.ts";
import { createTestClock } from "../support/test-clock.ts";
import { readTiff, textPage, writeTiff } from "../support/tiff.ts";

const folder = temporaryFolder("fax");

function tiff(pages = 2): Buffer {
  const file = join(folder, `${pages}.tif`);
  writeTiff(
    file,
    Array.from({ length: pages }, (_, i) => textPage(i + 1)),
  );
  return readFileSync(file);
}

/** A PDF of so many pages, each with a word. */
function pdf(pages: number): Buffer {
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages} /Kids [${Array.from({ length: pages }, (_, i) => `${4 + 2 * i} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ...Array.from({ length: pages }, (_, i) => {
      const text = `BT /F1 48 Tf 100 700 Td (Page ${i + 1}) Tj ET`;
      return [
        `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${5 + 2 * i} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
        `<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
      ];
    }).flat(),
  ];
  const body = objects.map((object, i) => `${i + 1} 0 obj\n${object}\nendobj\n`).join("");
  return Buffer.from(`%PDF-1.4\n${body}trailer << /Root 1 0 R /Size ${objects.length + 1} >>\n%%EOF\n`);
}

const until = async (office: Office, done: () => boolean): Promise<void> => {
  for (let i = 0; i < 800 && !done(); i++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    await office.clock.advance(0);
  }
};
const job = (office: Office): FaxJob | undefined => office.centre.outbox.list()[0];
/** The call that is made for it. */
async function dialled(office: Office, nth: number): Promise<FakeLeg> {
  await until(office, () => office.lines.legs.length >= nth);
  const leg = office.lines.legs[nth - 1];
  if (leg === undefined) throw new Error("nobody was dialled");
  return leg;
}
async function answers(office: Office, leg: FakeLeg): Promise<void> {
  leg.alerting();
  leg.answered();
  await until(office, () => leg.media?.faxing !== undefined);
}

t.test("a PDF becomes pages of a fax; what is none is refused and leaves nothing", async (t) => {
  const file = join(folder, "pages.tif");
  t.equal(await writePages(pdf(3), file), 3);
  const pages = readTiff(file);
  t.same(
    pages.map(({ width }) => width),
    [1728, 1728, 1728],
  );
  t.ok(
    pages.every(({ rows }) => rows.some((row) => row.some((byte) => byte !== 0))),
    "something is on each",
  );
  t.equal(await writePages(tiff(), file), 2);
  const odd = join(folder, "odd.tif");
  writeTiff(odd, [{ width: 800, rows: [new Uint8Array(100)] }]);
  const bad: readonly (readonly [string, Uint8Array])[] = [
    ["no document", Buffer.from("hello")],
    ["nothing", Buffer.alloc(0)],
    ["half a PDF", pdf(1).subarray(0, 40)],
    ["half a TIFF", tiff().subarray(0, 60)],
    ["a picture that is no fax", readFileSync(odd)],
    ["too many pages", pdf(mostPages + 1)],
  ];
  for (const [what, bytes] of bad)
    await t.rejects(writePages(bytes, join(folder, "bad.tif")), { code: "ERR_FAX_DOCUMENT" }, what);
  const office = createOffice();
  await t.rejects(office.centre.outbox.send("95551234", Buffer.from("no"), "anna"), {
    code: "ERR_FAX_DOCUMENT",
  });
  await t.rejects(office.centre.outbox.send("call me", tiff(), "anna"), { code: "ERR_FAX_NUMBER" });
  t.same(office.centre.outbox.list(), []);
  t.same(readdirSync(join(office.centre.faxes, "outbox")), []);
  await office.close();
});

t.test("a fax that is sent: by the route, page by page, with its record and document", async (t) => {
  const office = createOffice();
  const given = await office.centre.outbox.send("95551234", tiff(), "anna");
  t.match(given, { to: "95551234", pages: 2, by: "anna", tries: 0 });
  const leg = await dialled(office, 1);
  t.match(leg.request, { called: { digits: "5551234" }, via: { group: "city" } });
  t.match(job(office), { state: "dialling" });
  await answers(office, leg);
  t.match(job(office), { state: "sending", pagesSent: 0 });
  const faxing = leg.media?.faxing;
  t.match(faxing, { calling: true, header: "Test", zone: /^LT/ });
  t.ok(faxing !== undefined && "send" in faxing && readTiff(faxing.send).length === 2);
  faxing?.onPage?.({ pages: 1, bitRate: 14_400, errorCorrection: true, badRows: 0, longestBadRun: 0 });
  t.match(job(office), { pagesSent: 1 });
  leg.media?.finishFax({ status: "ok", pages: 2, far: "+86 10 1" });
  await until(office, () => job(office)?.state === "sent");
  t.same(leg.done.at(-1), "release 16");
  t.match(office.events("fax.sent"), [
    {
      to: "95551234",
      by: "anna",
      pages: 2,
      whole: true,
      status: "ok",
      far: "+86 10 1",
      file: `outbox/${given.id}.tif`,
    },
  ]);
  t.match(office.events("call.started").at(-1), { direction: "out", called: "95551234", group: "city" });
  t.match(office.events("leg.added").at(-1), { class: "local" }, "it counts towards the day's limits");
  const call = job(office)?.call ?? "";
  t.match(office.record(Number(call.slice(1))), {
    direction: "out",
    fax: { sent: true, pages: 2, whole: true, file: `outbox/${given.id}.tif` },
  });
  t.ok(existsSync(join(office.centre.faxes, `outbox/${given.id}.pdf`)));
  await office.centre.outbox.remove(given.id);
  t.same(
    readdirSync(join(office.centre.faxes, "outbox")).sort(),
    [`${given.id}.pdf`, `${given.id}.tif`],
    "kept with its record",
  );
  t.same(office.leaks(), []);
  await office.close();
});

t.test("busy, silent and broken ends are tried again, so often and so late", async (t) => {
  const office = createOffice({ fax: { tries: 3, retryMinutes: 2 } });
  const { id } = await office.centre.outbox.send("95551234", tiff(), "anna");
  const first = await dialled(office, 1);
  first.hangUp(17);
  await until(office, () => job(office)?.state === "waiting");
  t.match(job(office), { tries: 1, status: "no-answer", nextAt: office.clock.now() + 120_000 });
  await office.clock.advance(119_000);
  t.equal(office.lines.legs.length, 1);
  await office.clock.advance(1000);
  const second = await dialled(office, 2);
  second.alerting();
  await office.clock.advance(60_000);
  await until(office, () => job(office)?.tries === 2);
  t.same(second.done.at(-1), "release 16", "nobody lifts for a minute");
  await office.clock.advance(120_000);
  const third = await dialled(office, 3);
  await answers(office, third);
  third.media?.finishFax({ status: "carrier-lost", pages: 1 });
  await until(office, () => job(office)?.state === "failed");
  t.match(job(office), { tries: 3, status: "carrier-lost", pagesSent: 1 });
  await office.clock.advance(3_600_000);
  t.equal(office.lines.legs.length, 3, "no more");
  await office.centre.outbox.remove(id);
  t.same(readdirSync(join(office.centre.faxes, "outbox")), []);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("what the box may not dial fails at once; a line that is taken is waited for", async (t) => {
  const office = createOffice({ fax: { lines: 1 } });
  await office.centre.outbox.send("0044207946", tiff(), "anna");
  await until(office, () => job(office)?.state === "failed");
  t.match(job(office), { status: "refused", tries: 0 });
  t.equal(office.lines.legs.length, 0, "nobody was dialled");
  const busy = [1, 2, 3].map((n) => office.lines.incoming(`1/${n}`, { calling: "5551000" }));
  const waits = await office.centre.outbox.send("95551234", tiff(), "anna");
  const own = (): FaxJob | undefined => office.centre.outbox.list().find(({ id }) => id === waits.id);
  await until(office, () => own()?.status === "no-line");
  t.match(own(), { state: "waiting", tries: 0 });
  busy[0]?.hangUp();
  await office.clock.advance(15_000);
  const leg = await dialled(office, 4);
  const other = await office.centre.outbox.send("95559999", tiff(), "ben");
  await until(office, () => office.centre.outbox.list().length === 3);
  t.equal(office.lines.legs.length, 4, "one at a time");
  await office.centre.outbox.remove(waits.id);
  t.same(leg.done.at(-1), "release 16", "taken back while it rings");
  await office.clock.advance(20_000);
  await dialled(office, 5);
  await office.centre.outbox.remove(other.id);
  for (const one of busy.slice(1)) one.hangUp();
  await office.clock.advance(20_000);
  t.same(office.leaks(), []);
  await office.close();
});

t.test(
  "an emergency call takes the channel of a fax before that of a call; the fax is tried again",
  async (t) => {
    const office = createOffice({
      fax: { retryMinutes: 1 },
      outgoing: [
        { pattern: "9XXXXXXX", group: "city", strip: 1, class: "local" },
        { pattern: "110", group: "city", class: "emergency" },
      ],
    });
    office.lines.setState("3/1", "down");
    const talks = office.lines.incoming("4/1", { called: "95550000" });
    await office.clock.advance(10);
    office.lines.ringing("1/1").answered();
    for (const number of ["95551111", "95552222"]) await office.centre.outbox.send(number, tiff(), "anna");
    const [, , older, newer] = await dialled(office, 4).then(() => office.lines.legs);
    if (older === undefined || newer === undefined) throw new Error("no faxes are sent");
    await answers(office, newer);
    const help = office.lines.incoming("4/2", { called: "110" });
    await office.clock.advance(10);
    t.equal(newer.done.at(-1), "release 16", "the newest fax");
    newer.media?.finishFax({ reason: "closed", status: "dropped" });
    await until(office, () => office.lines.legs.some(({ request }) => request?.emergency === true));
    for (let i = 0; i < 30; i++) await office.clock.advance(100);
    t.ok(
      office.lines.legs.some(({ request }) => request?.called.digits === "110"),
      "help is rung",
    );
    t.notOk(older.done.includes("release 16"), "the other fax goes on");
    t.notOk(
      talks.done.some((one) => one.startsWith("release")),
      "and the call",
    );
    t.match(office.events("call.preempted"), [{ group: "city" }]);
    await until(office, () => office.centre.outbox.list().some(({ nextAt }) => nextAt !== undefined));
    t.match(office.centre.outbox.list()[1], { state: "waiting", tries: 0 });
    help.hangUp();
    talks.hangUp();
    for (const { id } of office.centre.outbox.list()) await office.centre.outbox.remove(id);
    await office.clock.advance(20_000);
    t.same(office.leaks(), []);
    await office.close();
  },
);

t.test("no emergency number is faxed to; what fails here is tried again, and holds no line", async (t) => {
  const office = createOffice({
    fax: { retryMinutes: 1 },
    outgoing: [{ pattern: "9XXXXXXX", group: "city", strip: 1, class: "local" }],
  });
  const { id } = await office.centre.outbox.send("110", tiff(), "anna");
  await until(office, () => job(office)?.state === "failed");
  t.match(job(office), { status: "refused" });
  t.equal(office.lines.legs.length, 0);
  await office.centre.outbox.remove(id);
  await office.centre.outbox.send("95551234", tiff(), "anna");
  const leg = await dialled(office, 1);
  leg.answered();
  Object.assign(leg.media ?? {}, {
    fax() {
      throw new Error("no fax here");
    },
  });
  await until(office, () => job(office)?.state === "waiting");
  t.match(job(office), { state: "waiting", nextAt: office.clock.now() + 60_000 });
  t.equal(leg.done.at(-1), "release 16");
  await office.clock.advance(60_000);
  await dialled(office, 2);
  for (const one of office.centre.outbox.list()) await office.centre.outbox.remove(one.id);
  await office.clock.advance(20_000);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("a box that stops sends the rest when it starts; a spoilt job stays where it is", async (t) => {
  const office = createOffice();
  const { id } = await office.centre.outbox.send("95551234", tiff(), "anna");
  const leg = await dialled(office, 1);
  await answers(office, leg);
  const closing = office.centre.close();
  leg.media?.finishFax({ reason: "closed", status: "dropped" });
  await closing;
  const place = join(office.centre.faxes, "outbox");
  t.match(JSON.parse(readFileSync(join(place, `${id}.json`), "utf8")), { id, state: "waiting", tries: 0 });
  writeFileSync(join(place, "X.json"), "{");
  const { createOutbox } = await import("../../src/fax/outbox.ts");
  const silent = { error: () => undefined, warn: () => undefined, info: () => undefined };
  const clock = createTestClock();
  const again = createOutbox({
    lines: office.lines,
    plan: { reach: () => ({ refused: 57 }) },
    clock,
    newId: () => "N",
    note: () => undefined,
    log: silent as never,
    folder: office.centre.faxes,
    settings: () => office.settings.fax,
    ident: () => "",
    header: () => ({ text: "", zone: "LT0" }),
  });
  t.match(again.list(), [{ id, to: "95551234" }]);
  await again.close();
  await office.close();
});

t.test("what is older than the days to keep is deleted, but for what is still to be sent", async (t) => {
  const office = createOffice();
  const { id } = await office.centre.outbox.send("0044207946", tiff(), "anna");
  await until(office, () => job(office)?.state === "failed");
  const said: unknown[] = [];
  const clock = createTestClock(Date.now() + 10 * 86_400_000);
  const run = (needed: readonly string[]) =>
    removeOldFaxes({
      folder: office.centre.faxes,
      keepDays: () => 7,
      needed: () => new Set(needed),
      clock,
      note: (entry) => void said.push(entry),
    });
  await run([`outbox/${id}.tif`]);
  t.same(said, []);
  await run([]);
  t.same(said, [{ type: "fax.removed", file: `outbox/${id}.tif` }]);
  t.same(readdirSync(join(office.centre.faxes, "outbox")), [`${id}.json`]);
  await removeOldFaxes({
    folder: "/nonexistent",
    keepDays: () => 1,
    needed: () => new Set(),
    clock,
    note: () => undefined,
  });
  await office.close();
});
