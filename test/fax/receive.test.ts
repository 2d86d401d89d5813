// A fax machine calls: found out in a menu or taken by a node, kept as TIFF and PDF, told in the journal and the record.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import { textPage, writeTiff } from "../support/tiff.ts";
import { createOffice, officeFlow, type Office } from "../support/office.ts";
import type { FakeLeg } from "../support/fake-lines.ts";
import type { FaxEnd } from "../../src/media/engine.ts";

const whole: Partial<FaxEnd> = { status: "ok", pages: 2, far: "+86 10 1", errorCorrection: true };

/** A caller by an ISDN line in the flow `main`. */
async function calling(flow: object): Promise<{ readonly office: Office; readonly caller: FakeLeg }> {
  const office = createOffice({ recording: { calls: "all" } }, { main: flow });
  const caller = office.lines.incoming("1/1", { calling: "5551000" });
  await office.clock.advance(1100);
  return { office, caller };
}

/** T.30 has written its pages and ends; what follows is done on the disk. */
async function arrives(
  { office, caller }: { office: Office; caller: FakeLeg },
  end: Partial<FaxEnd>,
): Promise<void> {
  const faxing = caller.media?.faxing;
  if (faxing === undefined || !("receive" in faxing)) throw new Error("no fax is received");
  if ((end.pages ?? 0) > 0) writeTiff(faxing.receive, [textPage(1), textPage(2)]);
  caller.media?.finishFax(end);
  for (let i = 0; i < 400 && office.centre.calls.list().length > 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await office.clock.advance(20_000);
}

const settled = async (caller: FakeLeg): Promise<void> => {
  for (let i = 0; i < 400 && caller.media?.faxing === undefined; i++)
    await new Promise((resolve) => setTimeout(resolve, 5));
};

t.test("a fax machine that calls into a menu is taken into the flow's mailbox", async (t) => {
  const call = await calling({ ...officeFlow, fax: "office" });
  const { office, caller } = call;
  t.equal(office.centre.calls.list()[0]?.recording, "on");
  caller.media?.notice({ type: "fax-tone", tone: "cng" });
  await settled(caller);
  t.match(office.centre.calls.list(), [{ phase: "fax", where: "office", recording: "off" }]);
  t.match(caller.media?.faxing, { calling: false });
  await arrives(call, whole);
  const [entry] = office.events("fax.received");
  t.match(entry, { call: "C1", mailbox: "office", pages: 2, whole: true, status: "ok", far: "+86 10 1" });
  const file = join(office.centre.faxes, entry?.file ?? "");
  t.ok(existsSync(file) && existsSync(file.replace(".tif", ".pdf")), "both files are there");
  t.same(readdirSync(dirname(file)).length, 2, "and nothing else");
  t.match(office.record()?.fax, { pages: 2, whole: true, file: entry?.file });
  t.same(office.leaks(), []);
  await office.close();
});

t.test("without a mailbox nobody listens for a fax machine; a node takes it all the same", async (t) => {
  const deaf = await calling(officeFlow);
  deaf.caller.media?.notice({ type: "fax-tone", tone: "cng" });
  await deaf.office.clock.advance(1000);
  t.match(deaf.office.centre.calls.list(), [{ phase: "menu" }]);
  deaf.caller.hangUp();
  await deaf.office.close();
  const call = await calling({
    name: "Fax",
    start: "fax",
    nodes: { fax: { type: "fax", mailbox: "sales" } },
  });
  await settled(call.caller);
  await arrives(call, whole);
  t.match(call.office.events("fax.received"), [{ mailbox: "sales", file: /^sales\/20260105T.*-C1\.tif$/ }]);
  t.same(call.office.leaks(), []);
  await call.office.close();
});

t.test("what is cut short, and what never came, is told as such", async (t) => {
  const flow = { name: "Fax", start: "fax", nodes: { fax: { type: "fax", mailbox: "sales" } } };
  const half = await calling(flow);
  await settled(half.caller);
  await arrives(half, { status: "carrier-lost", pages: 1 });
  t.match(half.office.events("fax.received"), [
    { pages: 1, whole: false, status: "carrier-lost", file: /tif$/ },
  ]);
  await half.office.close();

  const gone = await calling(flow);
  await settled(gone.caller);
  gone.caller.hangUp();
  for (let i = 0; i < 200 && gone.office.events("fax.received").length === 0; i++)
    await new Promise((resolve) => setTimeout(resolve, 5));
  await gone.office.clock.advance(20_000);
  const [entry] = gone.office.events("fax.received");
  t.match(entry, { pages: 0, whole: false });
  t.equal(entry?.file, undefined);
  t.same(gone.office.leaks(), []);
  await gone.office.close();
});

t.test("a box that stops keeps the pages that came", async (t) => {
  const flow = { name: "Fax", start: "fax", nodes: { fax: { type: "fax", mailbox: "sales" } } };
  const { office, caller } = await calling(flow);
  await settled(caller);
  const faxing = caller.media?.faxing;
  if (faxing !== undefined && "receive" in faxing) writeTiff(faxing.receive, [textPage(1)]);
  caller.media?.finishFax({ reason: "stopped", pages: 1 });
  await office.centre.close();
  t.match(office.events("fax.received"), [{ pages: 1, whole: false, status: "stopped", file: /tif$/ }]);
  await office.close();
});

t.test("a disk that takes nothing ends the call, and no other", async (t) => {
  const flow = { name: "Fax", start: "fax", nodes: { fax: { type: "fax", mailbox: "sales" } } };
  const call = await calling(flow);
  mkdirSync(dirname(call.office.centre.faxes), { recursive: true });
  writeFileSync(call.office.centre.faxes, "in the way of the folder");
  await settled(call.caller);
  await arrives(call, whole);
  t.same(call.office.centre.calls.list(), []);
  t.equal(call.office.events("fax.received").length, 0);
  t.same(call.office.leaks(), []);
  rmSync(call.office.centre.faxes);
  await call.office.close();
});
