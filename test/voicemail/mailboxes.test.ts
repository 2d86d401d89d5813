// Voice messages: left by a caller, shown by a telephone's lamp, heard by telephone with its keys, marked and deleted, and all
// of it there after a restart.
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import t from "tap";
import type { JournalEntry } from "../../src/shared/journal.ts";
import { createMailboxes } from "../../src/voicemail/mailboxes.ts";
import type { FakeLeg } from "../support/fake-lines.ts";
import { createOffice, type Office } from "../support/office.ts";

const parts = {
  extensions: [
    { number: "201", name: "Anna", port: { span: 4, position: 1 }, mailbox: "office" },
    { number: "202", name: "Ben", port: { span: 4, position: 2 } },
  ],
  featureCodes: { messages: "*97" },
};

/** A caller leaves so many seconds of message in the mailbox `office`. */
async function leave(office: Office, seconds: number): Promise<void> {
  const caller = office.lines.incoming("1/1", { calling: "5551000" });
  await office.clock.advance(1100);
  caller.press("3");
  await office.clock.advance(6000);
  const recording = caller.media?.recordings.find(({ path }) => path.includes("voicemail"));
  if (recording === undefined) throw new Error("nothing is recorded");
  writeFileSync(recording.path, Buffer.alloc(58 + 8000 * seconds));
  await office.clock.advance(1000 * seconds);
  caller.hangUp();
  for (let i = 0; i < 40; i++) await office.clock.advance(50);
}

/** A phone dials the code for messages. */
async function dials(office: Office, line: string): Promise<FakeLeg> {
  const phone = office.lines.incoming(line, { called: "*97" });
  await office.clock.advance(100);
  return phone;
}
const press = async (office: Office, phone: FakeLeg, key: string): Promise<void> => {
  phone.press(key);
  await office.clock.advance(300);
};

t.test("a message lights the lamp of who has the mailbox; heard, it goes out", async (t) => {
  const office = createOffice(parts);
  t.same([...office.lines.lamps], []);
  await leave(office, 3);
  const { mailboxes } = office.centre;
  const [message] = mailboxes.list();
  t.match(message, { mailbox: "office", heard: false, call: "C1" });
  t.same([...office.lines.lamps], ["201"], "not that of another");
  const id = message?.id ?? "";
  t.ok(existsSync(mailboxes.path(id)));
  mailboxes.mark(id, true, "lead");
  t.same([...office.lines.lamps], []);
  mailboxes.mark(id, true, "lead");
  t.match(office.events("voicemail.heard"), [{ call: "C1", mailbox: "office", by: "lead" }], "once");
  mailboxes.mark(id, false, "lead");
  t.same([...office.lines.lamps], ["201"]);
  office.change({ extensions: parts.extensions.map(({ mailbox: _, ...rest }) => rest) });
  t.same([...office.lines.lamps], [], "whose mailbox it is no more");
  office.change({ extensions: parts.extensions });
  const said: JournalEntry[] = [];
  const again = createMailboxes(office.centre.voicemail, (entry) => void said.push(entry));
  t.match(
    again.list(),
    [{ id, mailbox: "office", call: "C1", durationMs: 3000, heard: false }],
    "after a restart",
  );
  again.mark(id, true, "lead");
  t.match(createMailboxes(office.centre.voicemail, () => undefined).list(), [{ heard: true }]);
  again.remove(id, "lead");
  t.same(readdirSync(join(office.centre.voicemail, "office")), []);
  t.match(said.at(-1), { type: "voicemail.removed", file: `${id}.wav`, by: "lead" });
  for (const gone of [
    () => again.path(id),
    () => again.remove(id, "x"),
    () => again.mark("../../etc/passwd", true, "x"),
  ])
    t.throws(gone, { code: "ERR_MESSAGE_UNKNOWN" });
  t.same(office.leaks(), []);
  await office.close();
});

t.test("heard by telephone: how many, each in turn, again, deleted, the next", async (t) => {
  const office = createOffice(parts);
  for (const seconds of [2, 3]) await leave(office, seconds);
  const { mailboxes } = office.centre;
  const [second, first] = mailboxes.list();
  const fileOf = (id = ""): string => join(office.centre.voicemail, `${id}.wav`);
  const phone = await dials(office, "4/1");
  t.same(office.hears(phone), ["prompt:vm-new", "number:2"], "two new ones");
  await office.clock.advance(2100);
  t.same(office.hears(phone), [fileOf(first?.id)], "the oldest first");
  await press(office, phone, "*");
  t.same(office.hears(phone), [fileOf(first?.id)], "again");
  await office.clock.advance(1100);
  t.same(office.hears(phone), ["prompt:vm-choose"]);
  t.same(mailboxes.unheard("office").length, 1, "heard to its end");
  await press(office, phone, "7");
  t.notOk(existsSync(fileOf(first?.id)), "deleted");
  t.same(office.hears(phone), [fileOf(second?.id)]);
  await press(office, phone, "#");
  t.same(office.hears(phone), ["prompt:vm-nomore", "prompt:vm-goodbye"]);
  t.same([...office.lines.lamps], [], "gone on to the next: heard");
  await office.clock.advance(3000);
  t.equal(phone.done.at(-1), "release 16");
  t.equal(office.events("recording.started").length, 2, "of the callers alone");
  phone.hangUp();
  await office.clock.advance(3000);

  const later = await dials(office, "4/1");
  t.same(office.hears(later), ["prompt:vm-new", "number:0"]);
  await office.clock.advance(2100);
  t.same(office.hears(later), [fileOf(second?.id)], "what was heard can be heard again");
  mailboxes.remove(second?.id ?? "", "lead");
  await press(office, later, "7");
  t.same(office.hears(later), ["prompt:vm-nomore", "prompt:vm-goodbye"], "deleted meanwhile");
  later.hangUp();
  await office.clock.advance(20_000);
  const empty = await dials(office, "4/1");
  t.same(office.hears(empty), ["prompt:vm-none", "prompt:vm-goodbye"]);
  await office.clock.advance(5000);
  empty.hangUp();
  await office.clock.advance(5000);
  const other = await dials(office, "4/2");
  t.equal(other.done.at(-1), "release 57", "who has no mailbox");
  other.hangUp();
  await office.clock.advance(20_000);
  t.same(office.leaks(), []);
  await office.close();
});

t.test("nobody presses a key: goodbye; files that are no messages are none", async (t) => {
  const office = createOffice(parts);
  await leave(office, 2);
  const phone = await dials(office, "4/1");
  await office.clock.advance(3500);
  t.same(office.hears(phone), ["prompt:vm-choose"]);
  await office.clock.advance(10_100);
  t.same(office.hears(phone), ["prompt:vm-goodbye"]);
  await office.clock.advance(2000);
  phone.hangUp();
  await office.clock.advance(20_000);
  const folder = join(office.centre.voicemail, "office");
  for (const name of ["notes.txt", "x.wav", "20260105T090000-abc.wav"])
    writeFileSync(join(folder, name), "x");
  writeFileSync(join(dirname(folder), "loose.wav"), "x");
  t.equal(createMailboxes(office.centre.voicemail, () => undefined).list().length, 1);
  t.same(createMailboxes("/nonexistent", () => undefined).list(), []);
  t.same(createMailboxes(join(folder, "x.wav"), () => undefined).list(), []);
  t.same(office.leaks(), []);
  await office.close();
});
