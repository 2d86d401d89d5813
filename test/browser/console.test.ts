// What a person does at each page of the console works, in Chromium against the mock server.
import type { Locator, Page } from "playwright-core";
import t from "tap";
import { waveFile } from "../../src/media/wave-file.ts";
import type { RecordsReply } from "../../src/web/api/records.ts";
import type { SettingsSections } from "../../src/web/api/settings.ts";
import { formatted } from "../../src/ui/lib/number-format.ts";
import { axeViolations } from "./support/browser.ts";
import { button, startConsole } from "./support/console.ts";

t.setTimeout(240_000);
const { server, open, close } = await startConsole({ signedIn: true });
t.teardown(close);

t.test("lines: alarms in words, a call on a timeslot, by mouse and by keys", async (t) => {
  const { page, troubles } = await open();
  const broken = page.getByRole("region", { name: "BRI 2" });
  await broken.getByText("No usable signal (red alarm)").waitFor();
  await broken.getByText(/^since \d\d:\d\d/).waitFor();
  server.office.setSpan(3, { alarms: [], dataLink: true });
  await broken.getByText("In order").waitFor();
  await broken.getByText("D-channel up").waitFor();
  server.office.setSpan(3, { alarms: ["RED"], dataLink: false });

  const call = [...server.office.calls.values()].find((one) => one.legs[0]?.line.startsWith("1/"));
  const timeslot = call?.legs[0]?.line.split("/")[1] ?? "";
  const slot = page.getByRole("button", { name: new RegExp(`^Timeslot ${timeslot}:`) });
  await slot.click();
  const detail = page.getByRole("complementary", { name: "Chosen line" });
  await detail.getByText("ISDN B-channel").waitFor();
  const line = server.office.snapshot().lines.find(({ id }) => id === `1/${timeslot}`);
  if (line === undefined) throw new Error("no such line");
  t.equal(await detail.getByText("Voices cut off").count(), 0);
  server.office.setLine({ ...line, tooLoud: { at: Date.now(), share: 0.02 } });
  await detail.getByText("Voices cut off at their peaks").waitFor();
  await detail.getByText(/lower the receive gain/).waitFor();
  server.office.setLine(line);
  t.equal(await slot.getAttribute("aria-pressed"), "true");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  t.equal(await slot.getAttribute("aria-pressed"), "false", "the arrow key went on to the next one");
  t.same(troubles, []);
  await page.context().close();
});

t.test("lines: blocked, returned and tested; a span's alarms with their remedy", async (t) => {
  const { page, troubles } = await open();
  const line = server.office.snapshot().lines.find((one) => one.state === "idle" && one.span === 1);
  const timeslot = line?.position ?? 0;
  await page.getByRole("button", { name: `Timeslot ${timeslot}: Idle` }).click();
  const detail = page.getByRole("complementary", { name: "Chosen line" });
  await button(detail, "Block when idle").click();
  await page
    .getByRole("status")
    .getByText(/is blocked\.$/)
    .waitFor();
  await page.getByRole("button", { name: `Timeslot ${timeslot}: Blocked` }).waitFor();
  for (const [what, found] of [
    ["Bit errors", /^0 errors in 640,?000 bits$/u],
    ["Echo", "With its canceller: echo return loss 43.9 dB"],
    ["Level", "Of 1000 Hz sent at -10 dBm0 returned: -3.2 dBm0"],
  ] as const) {
    await button(detail, what).click();
    await detail.getByText(found).waitFor();
  }
  await button(detail, "Put back into service").click();
  await page.getByRole("button", { name: `Timeslot ${timeslot}: Idle` }).waitFor();
  await button(detail, "Block now").click();
  t.same(await axeViolations(page), []);
  await button(page.getByRole("dialog"), "Block now").click();
  await page.getByRole("button", { name: `Timeslot ${timeslot}: Blocked` }).waitFor();
  await button(detail, "Put back into service").click();
  await button(detail, "Test").click();
  await detail.getByText("The test found no fault").waitFor();

  await page.getByRole("button", { name: "Details of BRI 2" }).click();
  const span = page.getByRole("complementary", { name: "Chosen span" });
  await span.getByText("No signal from the exchange: check cable and pair.").waitFor();
  await span.getByText("3 since start, 2 in 24 hours").waitFor();
  await span.getByText("17 since start, 5 in 24 hours").waitFor();
  await span.getByText("own clock").waitFor();
  await button(span, "Test").first().click();
  await span.getByText("The test found a fault").waitFor();
  await span.getByText("Data link: failed").waitFor();
  await button(span, "Block when idle").first().click();
  await button(span, "Put back into service").waitFor();
  await button(span, "Put back into service").click();
  t.same(await axeViolations(page), []);
  server.office.setSpan(1, { dataLink: false, keptCalls: 2 });
  await page.getByText("D-channel down, 2 calls kept").waitFor();
  server.office.setSpan(1, { dataLink: true, keptCalls: 0 });
  t.same(troubles, []);
  await page.context().close();
});

t.test("lines: a D-channel's messages, by call, with their elements, and as a capture", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/lines?span=1`);
  await button(page.getByRole("complementary", { name: "Chosen span" }), "Show its messages").click();
  const dialog = page.getByRole("dialog", { name: "D-channel of City E1" });
  const rungs = dialog.getByRole("listitem");
  await rungs.filter({ hasText: "SETUP" }).first().waitFor();
  const messages = await rungs.count();
  t.equal(await rungs.filter({ hasText: "SABME" }).count(), 0);
  await dialog.getByLabel("Frames of layer 2 too").check();
  t.ok((await rungs.count()) > messages);
  await dialog.getByRole("combobox").selectOption("1 (user)");
  t.ok((await rungs.count()) < messages);
  await rungs.filter({ hasText: "SETUP" }).first().locator("summary").click();
  await dialog.getByText("Q.931 §4.5.8").first().waitFor();
  t.same(await axeViolations(page), []);
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("link", { name: "Capture for Wireshark" }).click(),
  ]);
  t.match(file.url(), /\/api\/v1\/spans\/1\/trace\.pcap$/u);
  t.same(troubles, []);
  await page.context().close();
});

t.test("calls: a recording is paused, goes on, and ends where a person began it", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/calls`);
  const row = page
    .getByRole("row")
    .filter({ has: page.getByTitle("Being recorded") })
    .first();
  await button(row, "Pause recording").click();
  const paused = page.getByRole("row").filter({ has: page.getByTitle("Recording is paused") });
  await button(paused, "Record again").click();
  await paused.waitFor({ state: "detached" });
  const end = page.getByRole("button", { name: "End recording" });
  await end.click();
  await end.waitFor({ state: "detached" });
  t.same(troubles, []);
  await page.context().close();
});

t.test("calls: a supervisor listens, whispers, and leaves", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/calls`);
  await button(page, "Listen").first().click();
  const dialog = page.getByRole("dialog");
  t.equal(await button(dialog, "Take over").isDisabled(), true, "whoever does not listen takes nothing over");
  await dialog.getByLabel("Your extension").fill("203");
  await button(dialog, "Listen").click();
  await dialog.getByText("203 listens").waitFor();
  await button(dialog, "Whisper").click();
  await dialog.getByText("203 whispers to the agent").waitFor();
  t.equal(await button(dialog, "Whisper").getAttribute("aria-pressed"), "true");
  t.same(await axeViolations(page), []);
  await page.keyboard.press("Escape");
  await page.getByTitle("203 whispers to the agent").waitFor();
  await button(
    page.getByRole("row").filter({ has: page.getByTitle("203 whispers to the agent") }),
    "Listen",
  ).click();
  t.equal(await dialog.getByLabel("Your extension").inputValue(), "203", "the phone is remembered");
  await button(dialog, "Leave the call").click();
  await dialog.waitFor({ state: "detached" });
  await page.getByTitle("203 whispers to the agent").waitFor({ state: "detached" });
  t.same(troubles, []);
  await page.context().close();
});

t.test("calls: found, ended; a refused transfer says why", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/calls`);
  const call = [...server.office.calls.values()].find(
    (one) => one.caller.number !== "" && one.phase === "waiting",
  );
  const number = call?.caller.number ?? "none waits";
  await page.getByRole("searchbox", { name: "Find a number or name" }).fill(number);
  const row = page.getByRole("row").filter({ hasText: formatted(number, "cn") });
  await row.waitFor();
  t.equal(await page.locator("tbody tr").count(), 1);
  await button(row, "Transfer").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Transfer to", { exact: true }).fill("999");
  t.same(await axeViolations(page), []);
  await button(dialog, "Transfer").click();
  await page.getByRole("status").getByText("There is no such extension").waitFor();
  t.same(
    troubles.splice(0).filter((one) => !one.includes("409")),
    [],
  );
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await button(row, "End call").click();
  await row.waitFor({ state: "detached" });
  t.notOk(server.office.calls.has(call?.id ?? ""), "the call is ended");
  t.same(troubles, []);
  await page.context().close();
});

t.test("queues: waiting callers in order, and what one tells an agent", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/queues`);
  const sales = page.getByRole("region", { name: "Sales" });
  await sales.getByText("86%").waitFor();
  await sales.getByText(/answered within 20 s ÷ \(answered \+ abandoned\)/).waitFor();
  const agent = page.getByRole("row").filter({ hasText: "Sofia Rossi" });
  await button(agent, "Log in").click();
  await page.getByRole("dialog").getByLabel("Telephone").selectOption("205");
  await button(page.getByRole("dialog"), "Log in").click();
  await agent.getByText("on telephone 205").waitFor();
  const { office } = server;
  const phone = office.snapshot().lines.find(({ extension }) => extension === "205");
  if (phone === undefined) throw new Error("no telephone 205");
  office.setLine({ ...phone, state: "alarm" });
  office.setAgent("304", { status: "unavailable" });
  await agent.getByText("In alarm").waitFor();
  office.setLine(phone);
  office.setAgent("304", { status: "idle" });
  await button(agent, "Pause").first().click();
  await agent.getByText("Paused").waitFor();
  await button(agent, "Ready").click();
  await button(agent, "Log out").click();
  await agent.getByText("Logged out").waitFor();
  t.same(troubles, []);
  await page.context().close();
});

t.test("records: filtered, paged, opened, heard", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/records`);
  const rows = page.locator("tbody tr");
  await rows.first().waitFor();
  t.equal(await rows.count(), 50);
  await button(page, "Older").click();
  await page.locator("tbody tr:nth-child(50)").waitFor({ state: "detached" });
  t.ok((await rows.count()) >= 10, "the rest");
  await button(page, "Newer").click();
  await page.locator("tbody tr:nth-child(50)").waitFor();
  await page.getByLabel("Outcome").selectOption("answered");
  await page.locator("tbody tr").filter({ hasText: "Unanswered" }).first().waitFor({ state: "detached" });
  t.match(page.url(), /disposition=answered/, "the filter is in the address");
  const marked = page
    .locator("tbody tr")
    .filter({ has: page.locator(".audio svg") })
    .first();
  await marked.getByRole("link").click();
  await page.getByRole("heading", { name: "What happened" }).waitFor();
  for (const words of [
    "Waits in Sales",
    "Li Wei did not answer",
    "Anna Weber answered",
    "The caller hung up",
  ])
    await page.getByText(words).first().waitFor();
  await page.locator('[data-drawn="true"]').waitFor();
  await button(page, "Play").click();
  await button(page, "Pause").waitFor();
  await page.getByText(/^0:0[1-9] \//).waitFor({ timeout: 10_000 });
  t.ok((await page.locator(".wave canvas").count()) >= 2, "both channels are drawn");
  const reply = await page.request.get(`${server.url}/api/v1/records?limit=50`);
  const { records } = (await reply.json()) as RecordsReply;
  const archived = records.find(({ recordings }) => recordings.some(({ format }) => format === "opus"));
  await page.goto(`${server.url}/#/records/${archived?.id ?? ""}`);
  await page.locator('a[download$=".opus"]').waitFor();
  await page.locator('[data-drawn="true"]').waitFor();
  t.ok((await page.locator(".wave canvas").count()) >= 2, "both channels of an archived recording");
  await button(page, "Play").click();
  await page.getByText(/^0:0[1-9] \//).waitFor({ timeout: 10_000 });
  t.same(troubles, []);
  await page.context().close();
});

t.test("voicemail: a message that was heard to its end is new no more; another is deleted", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/voicemail`);
  const fresh = page.locator("tbody tr").filter({ hasText: "New" });
  await fresh.nth(1).waitFor();
  await button(fresh.first(), "Play").click();
  await page.locator("tr.fresh").nth(1).waitFor({ state: "detached" });
  await button(page.locator("tbody tr").first(), "Not heard").click();
  await page.locator("tr.fresh").nth(1).waitFor();
  await button(page.locator("tbody tr").last(), "Delete message").click();
  await page.locator("tbody tr").nth(2).waitFor({ state: "detached" });
  t.same(await axeViolations(page), []);
  t.same(troubles, []);
  await page.context().close();
});

t.test("faxes: a document goes out, and one that waits is taken back", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/faxes`);
  await page.getByText("nobody answered").waitFor();
  t.equal(await page.locator("tbody tr").count(), 2);
  const give = button(page, "Send");
  t.ok(await give.isDisabled(), "neither number nor document");
  await page.getByLabel("To number").fill("9 0755 2600-1111");
  await page
    .getByLabel("Document")
    .setInputFiles({ name: "offer.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") });
  await give.click();
  await page.getByText("Goes out: 3 pages").waitFor();
  await page.getByText("1 of 3 pages").waitFor();
  const waiting = page.locator("tbody tr").filter({ hasText: "again at" });
  await waiting.getByRole("button", { name: "Take back" }).click();
  await waiting.waitFor({ state: "detached" });
  t.same(await axeViolations(page), []);
  t.same(troubles, []);
  await page.context().close();
});

t.test("settings: where a call would go, and why; hours and rules are rows to add to", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/settings/routes`);
  const panel = page.getByRole("form", { name: "Where would this call go?" });
  await panel.getByLabel("From").selectOption("extension:201");
  await panel.getByLabel("Number dialled or called").fill("900442079460018");
  await button(panel, "Try").click();
  await panel.getByText(/Refused: .*57/).waitFor();
  await panel.getByText("201 may not dial International").waitFor();
  await panel.getByLabel("Number dialled or called").fill("955501234");
  await button(panel, "Try").click();
  await panel.getByText("Goes to outside:955501234").first().waitFor();
  t.equal(await panel.locator("tbody tr").count(), 2, "over two groups in turn");
  await panel.getByLabel("From").selectOption("group:city");
  await panel.getByLabel("Caller's number").fill("16700000000");
  await button(panel, "Try").click();
  await panel.getByText("On the block list as +8616700000000").waitFor();
  t.same(await axeViolations(page), []);

  await page.goto(`${server.url}/#/settings/schedules`);
  const week = page.getByRole("group", { name: "Weekly hours" });
  await button(week, "Add").click();
  await page.locator("#schedules-0-week-1-from").fill("10:00");
  await page.locator("#schedules-0-week-1-to").fill("12:00");
  await button(page.getByRole("form", { name: "Opening hours" }), "Save").click();
  await page.getByRole("status").getByText("Opening hours: saved and in use.").waitFor();
  await page.reload();
  await page.locator("#schedules-0-week-1-to").waitFor();
  t.equal(await page.locator("#schedules-0-week-1-to").inputValue(), "12:00");
  t.same(await axeViolations(page), []);
  t.same(troubles, []);
  await page.context().close();
});

t.test("settings: lines of another box's file, each with its fate, then on trial", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/settings/lines`);
  const panel = page.getByRole("region", { name: "Take over lines from another box" });
  await panel.getByLabel("File").setInputFiles({
    ...{ name: "system.conf", mimeType: "text/plain" },
    buffer: Buffer.from("# old box\nspan=1,1,0,ccs,hdb3,crc4\nbchan=1-10\ndchan=16\nspan=9,0,0,ccs,ami\n"),
  });
  await panel.getByText("3 understood").waitFor();
  await panel.getByText("1 not taken over").waitFor();
  await panel.getByRole("row", { name: "3 bchan=1-10 timeslots of span 1" }).waitFor();
  await panel.getByRole("row", { name: "5 span=9,0,0,ccs,ami this box has no span 9" }).waitFor();
  t.same(await axeViolations(page), []);
  await button(panel, "Put it on trial").click();
  await page.getByRole("region", { name: "A change of lines on trial" }).waitFor();
  await panel.getByLabel("Or its text").fill("what is this");
  await button(panel, "Look at it").click();
  await panel.getByText("0 understood").waitFor();
  await button(panel, "Another file").click();
  await button(page.getByRole("region", { name: "A change of lines on trial" }), "Take it back").click();
  t.same(troubles, []);
  await page.context().close();
});

/** As the box has them. */
const settingsNow = (page: Page): Promise<SettingsSections> =>
  page.evaluate(
    async () =>
      ((await (await fetch("/api/v1/settings")).json()) as { readonly settings: SettingsSections }).settings,
  );

async function saveSection(page: Page, name: string): Promise<void> {
  await button(page.getByRole("form", { name }), "Save").click();
  await page.getByRole("status").getByText(`${name}: saved and in use.`).last().waitFor();
}

t.test("settings: callbacks are switched on for a queue, and off again", async (t) => {
  const { page, troubles } = await open();
  const callback = async () => (await settingsNow(page)).queues[0]?.callback;
  const save = () => saveSection(page, "Queues");
  await page.goto(`${server.url}/#/settings/queues`);
  await page.locator("summary").first().click();
  const group = page.getByRole("group", { name: "Callback", exact: true }).first();
  t.equal(await button(group, "None").count(), 0);
  await group.getByLabel("Key").fill("1");
  await group.getByLabel("Answering machine: try again later").check();
  t.same(await axeViolations(page), []);
  await save();
  t.match(await callback(), { key: "1", skipMachines: true });
  await button(group, "None").click();
  await save();
  t.equal(await callback(), undefined);
  t.same(troubles, []);
  await page.context().close();
});

t.test("settings: a telephone's calls go on to a mailbox, and stay again", async (t) => {
  const { page, troubles } = await open();
  const forward = async () => (await settingsNow(page)).extensions[0]?.forward;
  const save = () => saveSection(page, "Extensions");
  await page.goto(`${server.url}/#/settings/extensions`);
  await page.locator("summary").first().click();
  const group = page.getByRole("group", { name: "Calls go on to", exact: true }).first();
  await button(group, "When unanswered").click();
  await group.getByLabel("When unanswered: kind of destination").selectOption("Mailbox");
  await group.getByLabel("When unanswered", { exact: true }).fill("office");
  await group.getByLabel("Rings before").fill("25");
  t.same(await axeViolations(page), []);
  await save();
  t.match(await forward(), { noAnswer: { mailbox: "office" }, afterSeconds: 25 });
  await button(group, "None").click();
  await save();
  t.notOk("noAnswer" in ((await forward()) ?? {}));
  t.same(troubles, []);
  await page.context().close();
});

t.test("settings: what the box finds wrong stands at its field; what is right is saved", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/settings/extensions`);
  const number = page.locator("#extensions-0-number");
  await number.fill("2o1");
  await button(page, "Save").click();
  await page.locator("#extensions-0-number-issue").waitFor();
  t.equal(await number.getAttribute("aria-invalid"), "true");
  t.equal(await number.getAttribute("aria-describedby"), "extensions-0-number-issue");
  t.same(await axeViolations(page), []);
  t.same(
    troubles.splice(0).filter((one) => !one.includes("422")),
    [],
  );
  await number.fill("209");
  await button(page, "Add").click();
  await page.locator("#extensions-8-name").fill("Front desk");
  await button(page, "Save").click();
  await page.getByRole("status").getByText("Extensions: saved and in use.").waitFor();
  await page.reload();
  await page.locator("#extensions-8-name").waitFor();
  t.equal(await page.locator("#extensions-8-name").inputValue(), "Front desk");

  await page.goto(`${server.url}/#/settings/flows/main`);
  const source = page.getByLabel("Source of flow main");
  await source.fill('{\n  "id": "main",\n  oops\n}');
  await page.getByRole("button", { name: /^Line 3/ }).waitFor();
  t.same(troubles, []);
  await page.context().close();
});

t.test("prompts: recorded in the place of the box's own, an earlier one again", async (t) => {
  const { page, troubles } = await open();
  await page.goto(`${server.url}/#/settings/prompts`);
  const row = page.getByRole("row").filter({ has: page.getByText("main-menu", { exact: true }) });
  await row.getByText("The box's own").waitFor();
  const tone = Int16Array.from({ length: 24_000 }, (_, i) => 9000 * Math.sin(i / 3));
  const file = { name: "menu.wav", mimeType: "audio/wav", buffer: waveFile(tone) };
  await row.getByLabel("Choose a file for main-menu").setInputFiles(file);
  await page.getByText("main-menu is in force now.").waitFor();
  const versions = row.getByLabel("Version of main-menu");
  t.match(await versions.locator("option").first().textContent(), /, admin, 3\.0 s$/u);
  await button(row, "Hear main-menu").waitFor();
  t.same(await axeViolations(page), []);
  await page.getByLabel("By telephone").selectOption("203");
  await button(row, "Record main-menu by telephone 203").click();
  await row.getByText(/, 203, 4\.0 s$/u).waitFor({ state: "attached" });
  await versions.selectOption({ label: "The box's own" });
  await button(row, "Hear main-menu").waitFor({ state: "detached" });
  const text = { name: "x.txt", mimeType: "text/plain", buffer: Buffer.from("no audio") };
  await row.getByLabel("Choose a file for main-menu").setInputFiles(text);
  await page.getByText("The browser cannot read this file: choose a WAV, MP3 or M4A file.").waitFor();
  await page.getByLabel("Another prompt, for a flow").fill("opening-hours");
  await page.getByLabel("Choose its file").setInputFiles(file);
  await page.getByText("opening-hours is in force now.").waitFor();
  await page.getByLabel("Search").fill("opening");
  t.equal(await page.getByRole("row").count(), 2, "the head and one");
  t.same(troubles, []);
  await page.context().close();
});

t.test("a broken connection is told, and heals by itself", async (t) => {
  const { page, troubles } = await open();
  await page.getByRole("heading", { name: "Lines", level: 1 }).waitFor();
  server.breakEvents(true);
  const banner = page.getByRole("alert").filter({ hasText: "Connection to the box lost." });
  await banner.waitFor();
  t.same(await axeViolations(page), []);
  server.breakEvents(false);
  await banner.waitFor({ state: "detached", timeout: 15_000 });
  t.same(
    troubles.filter((one) => !one.includes("WebSocket")),
    [],
  );
  await page.context().close();
});

t.test(
  "rehearsal: two browsers, a call through prompt and key to a telephone, each hears the other",
  async (t) => {
    const [caller, agent] = [await open(), await open()];
    for (const { page } of [caller, agent]) await page.goto(`${server.url}/#/rehearsal?phone=phone-5%2F2`);
    const outside = caller.page.getByRole("region", { name: "Outside caller" });
    const phone = agent.page.getByRole("region", { name: "Office telephone" });
    const hears = (handset: Locator, hz: number): Promise<void> =>
      handset
        .getByText(new RegExp(`dBm0 · ${hz} Hz$`))
        .first()
        .waitFor({ timeout: 15_000 });

    await outside.getByLabel("Number", { exact: true }).fill("88880000");
    await button(outside, "Call").click();
    await hears(outside, 425);
    await hears(outside, 620);
    await button(outside, "Key 1").click();
    await phone.getByText("from 13900000001").waitFor();
    await button(phone, "Answer").click();
    await outside.getByLabel("Speaks").selectOption("tone-404");
    await phone.getByLabel("Speaks").selectOption("tone-1004");
    await hears(phone, 404);
    await outside.getByText(/dBm0 · 1,00[345] Hz$/).waitFor();
    await button(phone, "Hang up").click();
    await outside.and(caller.page.locator('[data-state="busy"]')).waitFor();
    await button(outside, "Hang up").click();

    await button(phone, "Lift").click();
    await hears(phone, 425);
    const other = caller.page.getByRole("region", { name: "Office telephone" });
    await button(other, "Take the handset").click();
    await phone.getByText("Another browser has this handset now.").waitFor();
    t.same([...caller.troubles, ...agent.troubles], []);
    await caller.page.context().close();
    await agent.page.context().close();
  },
);
