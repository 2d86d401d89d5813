// The first call, whole, on the appliance itself: somebody outside dials in over the E1, hears the prompt, presses a
// key and waits; an agent's telephone in another browser rings and is answered; each hears the other's tone;
// the caller hangs up; the record is there, and its recording shows and plays both sides.
import type { Locator, Page } from "playwright-core";
import t from "tap";
import { readWav } from "../../src/ui/audio/wav.ts";
import { readingOf } from "../../src/ui/audio/meter.ts";
import { axeViolations, buildConsole, launch, screenshot, watchedPage } from "./support/browser.ts";
import { button } from "./support/console.ts";
import { startAppliance } from "./support/real-appliance.ts";

t.setTimeout(280_000);
const ownPassword = "a-password-of-my-own";
await buildConsole();
const appliance = await startAppliance();
const browser = await launch();
t.teardown(async () => {
  await browser.close();
  await appliance.close();
});

const context = () =>
  browser.newContext({ viewport: { width: 1440, height: 900 }, ignoreHTTPSErrors: true, locale: "en-US" });
const caller = await watchedPage(await context(), appliance.url);
const agent = await watchedPage(await context(), appliance.url);

async function signIn(page: Page, password: string): Promise<void> {
  await page.goto(appliance.url);
  await page.getByLabel("Name").fill("admin");
  await page.getByLabel("Password").fill(password);
  await button(page, "Sign in").click();
}
const outside: Locator = caller.page.getByRole("region", { name: "Outside caller" });
const phone: Locator = agent.page.getByRole("region", { name: "Office telephone" });
const inState = (handset: Locator, page: Page, state: string): Promise<void> =>
  handset.and(page.locator(`[data-state="${state}"]`)).waitFor({ timeout: 30_000 });

/** What the handset's meter shows, dBm0; the floor is -50. */
async function levelAt(handset: Locator, meter: "Hears" | "Is heard"): Promise<number> {
  return Number(await handset.getByRole("meter", { name: meter }).getAttribute("aria-valuenow"));
}
/** Waits until the handset hears a tone of about that pitch; the best of what follows is its level, dBm0. */
async function hearsTone(handset: Locator, hz: number): Promise<number> {
  const shown = handset.getByText(/dBm0 · [\d,]+ Hz$/).first();
  for (const end = Date.now() + 20_000; Date.now() < end;) {
    const text = (await shown.textContent({ timeout: 2000 }).catch(() => null)) ?? "";
    const pitch = / ([\d,]+) Hz/.exec(text)?.[1]?.replace(",", "");
    if (Math.abs(Number(pitch) - hz) <= 3) return loudestIn(handset, 1500);
    await handset.page().waitForTimeout(100);
  }
  throw new Error(`no tone of ${hz} Hz heard`);
}
/** The loudest level heard in that time, dBm0. */
async function loudestIn(handset: Locator, ms: number): Promise<number> {
  let loudest = -Infinity;
  for (const end = Date.now() + ms; Date.now() < end;) {
    loudest = Math.max(loudest, await levelAt(handset, "Hears"));
    await handset.page().waitForTimeout(100);
  }
  return loudest;
}

t.test("sign in with the printed password, change it, sign in elsewhere with the new one", async (t) => {
  await signIn(caller.page, appliance.password);
  await caller.page.getByLabel("Present password").fill(appliance.password);
  await caller.page.getByLabel("New password", { exact: true }).fill(ownPassword);
  await caller.page.getByLabel("New password again").fill(ownPassword);
  await button(caller.page, "Change and go on").click();
  await caller.page.getByRole("heading", { name: "Lines", level: 1 }).waitFor();
  await caller.page.getByText("D-channel up").nth(2).waitFor({ timeout: 15_000 });
  await signIn(agent.page, ownPassword);
  await agent.page.getByRole("heading", { name: "Lines", level: 1 }).waitFor();
  t.same([...caller.troubles, ...agent.troubles], []);
});

t.test("an agent logs in at a telephone", async (t) => {
  await agent.page.goto(`${appliance.url}#/queues`);
  const row = agent.page.getByRole("row").filter({ hasText: "Anna Weber" });
  await button(row, "Log in").click();
  await agent.page.getByRole("dialog").getByLabel("Telephone").selectOption("202");
  await button(agent.page.getByRole("dialog"), "Log in").click();
  await row.getByText("Ready", { exact: true }).waitFor();
  t.same(agent.troubles, []);
});

t.test("the call, from the first digit to the last word", async (t) => {
  await agent.page.goto(`${appliance.url}#/rehearsal`);
  await phone.getByLabel("Station").selectOption({ label: "Anna Weber · 202" });
  await caller.page.goto(`${appliance.url}#/rehearsal`);
  await outside.getByLabel("Number", { exact: true }).fill("88880000");
  await button(outside, "Call").click();
  await inState(outside, caller.page, "connected");
  t.ok((await loudestIn(outside, 4000)) > -35, "the prompt is heard");

  await button(outside, "Key 1").click();
  await inState(phone, agent.page, "ringing");
  t.same(await axeViolations(agent.page), []);
  await button(phone, "Answer").click();
  await inState(phone, agent.page, "connected");
  await outside.getByLabel("Speaks").selectOption("tone-404");
  await phone.getByLabel("Speaks").selectOption("tone-1004");
  const [atAgent, atCaller] = await Promise.all([hearsTone(phone, 404), hearsTone(outside, 1004)]);
  const [said, replied] = [await levelAt(outside, "Is heard"), await levelAt(phone, "Is heard")];
  t.ok(Math.abs(atAgent - said) <= 1, `the agent hears what the caller says: ${said} → ${atAgent} dBm0`);
  t.ok(
    Math.abs(atCaller - replied) <= 1,
    `the caller hears what the agent says: ${replied} → ${atCaller} dBm0`,
  );
  await screenshot(caller.page, "real-call-outside");
  await screenshot(agent.page, "real-call-agent");

  // The agent's browser speaks as long as the page is there: more than is asked of the recording.
  await agent.page.waitForTimeout(2500);
  await agent.page.goto(`${appliance.url}#/lines`);
  await agent.page.getByRole("button", { name: /^Port 2, 202: Call, outgoing leg/ }).click();
  await agent.page.getByRole("complementary").getByText("Talking with Anna Weber").waitFor();
  await screenshot(agent.page, "real-lines");
  await button(outside, "Hang up").click();
  await inState(outside, caller.page, "idle");
  t.same([...caller.troubles, ...agent.troubles], []);
});

t.test("its record is there, tells the story, and its recording shows and plays both sides", async (t) => {
  const { page } = agent;
  await page.goto(`${appliance.url}#/records`);
  const row = page.locator("tbody tr").first();
  await row.getByText("Answered").waitFor({ timeout: 15_000 });
  await row.getByText("Anna Weber").waitFor();
  await row.getByRole("link").click();
  for (const words of [
    "Pressed 1",
    "Waits in Sales",
    "Offered to Anna Weber",
    "Anna Weber answered",
    "The caller hung up",
  ])
    await page.getByText(words).first().waitFor();
  await page.locator('[data-drawn="true"]').first().waitFor();
  await button(page, "Play").first().click();
  await page
    .getByText(/^0:0[2-9] \//)
    .first()
    .waitFor();
  t.same(await axeViolations(page), []);
  await screenshot(page, "real-record");

  const source = (await page.getByRole("link", { name: "Download" }).first().getAttribute("href")) ?? "";
  const reply = await page.context().request.get(new URL(source, appliance.url).href);
  const wav = readWav(Uint8Array.from(await reply.body()).buffer);
  t.equal(wav.samples.length, 2, "stereo");
  const pitches = wav.samples.map((samples) =>
    Array.from({ length: Math.floor(samples.length / 800) }, (_, block) => {
      const part = Float32Array.from(samples.subarray(block * 800, block * 800 + 800), (one) => one / 32_768);
      return readingOf(part, wav.sampleRate).hz;
    }),
  );
  const near = (hz: number | undefined, wanted: number): boolean => Math.abs((hz ?? 0) - wanted) <= 3;
  const blocks = (side: number, hz: number): readonly number[] =>
    (pitches[side] ?? []).flatMap((one, block) => (near(one, hz) ? [block] : []));
  const [left, right] = [blocks(0, 404), blocks(1, 1004)];
  t.ok(left.length >= 20, `the caller's tone is left, for ${left.length / 10} s`);
  t.ok(right.length >= 20, `the agent's tone is right, for ${right.length / 10} s`);
  t.notOk(
    left.some((block) => near(pitches[1]?.[block], 404)),
    "the caller's is not right at the same time",
  );
  t.notOk(
    right.some((block) => near(pitches[0]?.[block], 1004)),
    "nor the agent's left",
  );
  t.same(agent.troubles, []);
});

t.test("the appliance ends in good order", async (t) => {
  await browser.close();
  t.equal(await appliance.close(), 0);
});
