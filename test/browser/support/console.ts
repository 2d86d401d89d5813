// A console to test: built, served by a mock server, and opened in Chromium with the language and theme wanted.
import type { Locator, Page } from "playwright-core";
import { buildConsole, launch, watchedPage, type Watched } from "./browser.ts";
import { startMockServer, type MockServer } from "./mock-server.ts";

export interface Look {
  readonly language?: "en" | "zh" | "ko";
  readonly theme?: "light" | "dark";
  readonly width?: number;
  readonly height?: number;
}

export interface TestConsole {
  readonly server: MockServer;
  /** A fresh browser profile at the console. */
  readonly open: (look?: Look) => Promise<Watched>;
  readonly close: () => Promise<void>;
}

export async function startConsole(options: { readonly signedIn: boolean }): Promise<TestConsole> {
  const ui = await buildConsole();
  const [browser, server] = await Promise.all([launch(), startMockServer({ ui, ...options })]);
  return {
    server,
    open: async ({ language = "en", theme = "light", width = 1440, height = 900 } = {}) => {
      const context = await browser.newContext({ viewport: { width, height }, reducedMotion: "reduce" });
      await context.addInitScript(
        `localStorage.setItem("callbox.language", "${language}"); localStorage.setItem("callbox.theme", "${theme}");`,
      );
      const watched = await watchedPage(context, server.url);
      await watched.page.goto(server.url);
      return watched;
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

export const button = (within: Page | Locator, name: string): Locator =>
  within.getByRole("button", { name, exact: true });
