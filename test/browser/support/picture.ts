// Makes docs/console.png: the console of the appliance itself, on a lively moment of its simulated office.
//   node test/browser/support/picture.ts [FILE]
import { fileURLToPath } from "node:url";
import type { StationAction } from "../../../src/web/api/rehearsal.ts";
import { buildConsole, launch } from "./browser.ts";
import { startAppliance } from "./real-appliance.ts";

const file = process.argv[2] ?? fileURLToPath(new URL("../../../docs/console.png", import.meta.url));
const password = "a-password-of-my-own";
await buildConsole();
const appliance = await startAppliance();
const browser = await launch();
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    ignoreHTTPSErrors: true,
    locale: "en-GB",
  });
  const page = await context.newPage();
  await page.goto(appliance.url);
  /** Asks the API as the console does: from the page, with its cookie. */
  const ask = (method: string, path: string, body: object): Promise<number> =>
    page.evaluate(
      async ([verb, to, data]) =>
        (
          await fetch(`/api/v1${to}`, {
            method: verb,
            body: data,
            headers: { "content-type": "application/json" },
          })
        ).status,
      [method, path, JSON.stringify(body)] as const,
    );
  const act = async (station: string, action: StationAction, thenMs: number): Promise<void> => {
    const status = await ask("POST", `/rehearsal/stations/${encodeURIComponent(station)}/actions`, action);
    if (status !== 200) throw new Error(`${station} ${action.action}: ${status}`);
    await page.waitForTimeout(thenMs);
  };
  await ask("POST", "/session", { name: "admin", password: appliance.password });
  await ask("PUT", "/session/password", { current: appliance.password, next: password });
  for (const [agent, extension] of [
    ["301", "202"],
    ["302", "203"],
    ["303", "204"],
  ] as const)
    await ask("POST", `/agents/${agent}/commands`, { command: "log-in", extension });

  await act("outside-1", { action: "dial", number: "88880001" }, 2500);
  await act("phone-5/2", { action: "lift" }, 500);
  await act("outside-2", { action: "dial", number: "88880001" }, 2500);
  await act("phone-5/3", { action: "lift" }, 500);
  await act("outside-3", { action: "dial", number: "66660000", trunk: "bri" }, 500);
  await act("outside-4", { action: "dial", number: "88880207" }, 1500);
  await act("phone-5/7", { action: "lift" }, 500);
  await act("outside-5", { action: "dial", number: "", trunk: "fxo" }, 500);
  await act("phone-5/6", { action: "dial", number: "208" }, 2500);
  await act("phone-5/8", { action: "lift" }, 500);
  await act("outside-6", { action: "dial", number: "88880002" }, 4000);
  await page.goto(`${appliance.url}#/lines`);
  await page.reload();
  await page.getByRole("button", { name: /^Port 2, 202: / }).click();
  await page.mouse.move(700, 850);
  await page.waitForTimeout(1500);
  await page.screenshot({ path: file });
} finally {
  await browser.close();
  await appliance.close();
}
