// The way in: a wrong password, the first one that must be changed, and out again.
import t from "tap";
import { axeViolations, screenshot } from "./support/browser.ts";
import { button, startConsole } from "./support/console.ts";

t.setTimeout(120_000);
const first = { name: "admin", password: "callbox-first" };
const second = "a-password-of-my-own";
const guarded = await startConsole({ signedIn: false });
t.teardown(() => guarded.close());

t.test("signing in: refused, a password of one's own, in, and out again", async (t) => {
  const { page, troubles } = await guarded.open();
  await page.getByLabel("Name").fill(first.name);
  await page.getByLabel("Password").fill("wrong");
  await button(page, "Sign in").click();
  await page.getByRole("alert").getByText("Name or password is wrong").waitFor();
  t.same(
    troubles.splice(0).filter((one) => !one.includes("401")),
    [],
    "only the refusal itself",
  );

  await page.getByLabel("Password").fill(first.password);
  await button(page, "Sign in").click();
  await page.getByRole("heading", { name: "Change your password" }).waitFor();
  t.same(await axeViolations(page), []);
  await screenshot(page, "change-password");
  await page.getByLabel("Present password").fill(first.password);
  await page.getByLabel("New password", { exact: true }).fill("short");
  await page.getByLabel("New password again").fill("short");
  await button(page, "Change and go on").click();
  await page.getByRole("alert").getByText("at least 10 characters").waitFor();
  await page.getByLabel("New password", { exact: true }).fill(second);
  await page.getByLabel("New password again").fill(second);
  await button(page, "Change and go on").click();
  await page.getByRole("heading", { name: "Lines", level: 1 }).waitFor();

  await button(page, "Sign out").click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  t.same(await axeViolations(page), []);
  await screenshot(page, "sign-in");
  await page.getByLabel("Name").fill(first.name);
  await page.getByLabel("Password").fill(second);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Lines", level: 1 }).waitFor();
  t.same(troubles, []);
  await page.context().close();
});
