// Debian's Chromium under playwright-core, and what every page is watched for: errors on the console, breaches of
// the content security policy, requests that fail or leave the box, and violations that axe finds.
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";

const screens = fileURLToPath(new URL("../../../.cache/screens/", import.meta.url));
const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--autoplay-policy=no-user-gesture-required",
      "--use-fake-device-for-media-stream",
    ],
  });
}

export interface Watched {
  readonly page: Page;
  /** What went wrong so far, in words; empty is good. */
  readonly troubles: string[];
}

/** A page of that context that writes down what goes wrong in it. */
export async function watchedPage(context: BrowserContext, origin: string): Promise<Watched> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const troubles: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning")
      troubles.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => troubles.push(`page: ${error.message}`));
  page.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(origin))
      troubles.push(`request to elsewhere: ${request.url()}`);
  });
  return { page, troubles };
}

/** What axe finds, one line a violation and node. */
export async function axeViolations(page: Page): Promise<readonly string[]> {
  // The policy forbids inline scripts; the debugger's evaluate is not under it.
  await page.evaluate(`${axeSource}; undefined`);
  const results = await page.evaluate<AxeResults>(
    "window.axe.run(document, { resultTypes: ['violations'], preload: false })",
  );
  return results.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(" ")} ${node.failureSummary ?? ""}`),
  );
}

/** Keeps a picture in .cache/screens/. */
export async function screenshot(page: Page, name: string): Promise<void> {
  mkdirSync(screens, { recursive: true });
  await page.screenshot({ path: `${screens}${name}.png`, caret: "initial" });
}

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Builds the console as it is in the sources now; gives the folder it is in. */
export async function buildConsole(): Promise<string> {
  const { build } = await import("vite");
  await build({ configFile: `${root}src/ui/vite.config.ts`, root: `${root}src/ui`, logLevel: "error" });
  return `${root}dist/ui`;
}
