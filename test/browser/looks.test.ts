// Every page in each language and theme, from a desk's width to a phone's: free of axe violations, policy breaches,
// console errors, missing words and things that stick out. Keeps a picture of each in .cache/screens/.
import t from "tap";
import { en, type Catalogue } from "../../src/ui/i18n/en.ts";
import { ko } from "../../src/ui/i18n/ko.ts";
import { zh } from "../../src/ui/i18n/zh.ts";
import { axeViolations, screenshot } from "./support/browser.ts";
import { startConsole } from "./support/console.ts";

t.setTimeout(280_000);
const catalogues: Readonly<Record<"en" | "zh" | "ko", Catalogue>> = { en, zh, ko };
const { server, open, close } = await startConsole({ signedIn: true });
t.teardown(close);

const places = [
  "lines",
  "calls",
  "queues",
  "records",
  "reports/queues",
  "reports/calls?by=area&period=month&step=whole",
  "reports/what-if",
  "faxes",
  "voicemail",
  "rehearsal",
  "settings/appliance",
  "settings/lines",
  "settings/routes",
  "settings/schedules",
  "settings/callers",
  "settings/extensions",
  "settings/agents",
  "settings/queues",
  "settings/users",
  "settings/flows/main",
];
const looks = [
  ["en", "light", 1440, 900],
  ["en", "dark", 1440, 900],
  ["zh", "light", 1280, 800],
  ["zh", "dark", 390, 844],
  ["ko", "light", 390, 844],
  ["ko", "dark", 1280, 800],
] as const;

for (const [language, theme, width, height] of looks) {
  t.test(`every page: ${language}, ${theme}, ${width} px`, async (t) => {
    const { page, troubles } = await open({ language, theme, width, height });
    const words = catalogues[language];
    const record = server.office.records.find((one) => one.recordings.length > 0)?.id ?? "";
    for (const place of [...places, `records/${record}`]) {
      const name = place.split("/")[0] ?? "";
      const heading = words[`page.${name}` as "page.lines"];
      await page.goto(`${server.url}/#/${place}`);
      if (place.startsWith("records/")) await page.locator('[data-drawn="true"]').waitFor();
      else await page.getByRole("heading", { level: 1, name: heading as string }).waitFor();
      if (place.startsWith("settings/")) await page.locator("form.panel, textarea").first().waitFor();
      await page.evaluate("document.fonts.ready.then(() => undefined)");
      t.same(await axeViolations(page), [], `${place}: axe`);
      const body = await page.locator("body").innerText();
      t.notMatch(body, /\{\w+\}|undefined|NaN|\[object/, `${place}: no hole in the words`);
      const width_ = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      t.ok(width_ <= 0, `${place}: nothing sticks out (${width_} px)`);
      await screenshot(
        page,
        `${place.replaceAll("/", "-").replace(record, "one")}-${language}-${theme}-${width}`,
      );
    }
    t.same(troubles, [], "no error, no policy breach, no request to elsewhere");
    await page.context().close();
  });
}
