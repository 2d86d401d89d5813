import { startConsole } from "./support/console.ts";
const { open, server, close } = await startConsole({ signedIn: true }) as any;
for (const [lang, dark] of [["en", false], ["zh", false]] as const) {
  const { page } = await open({ language: lang });
  await page.setViewportSize({ width: 1280, height: 1100 });
  await page.goto(`${server.url}/#/settings/extensions`);
  await page.locator("summary").first().click();
  await page.locator("summary").nth(1).click();
  await page.waitForTimeout(500);
  await page.screenshot({ path: `/tmp/shot-${lang}.png` });
}
await close?.();
process.exit(0);
