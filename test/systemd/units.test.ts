import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import t from "tap";

const root = join(import.meta.dirname, "../..");
const units = join(root, "systemd");

/** The units as they are installed, with the checkout in the place of /opt/callbox. */
function installed(folder: string): readonly string[] {
  return readdirSync(units)
    .filter((file) => file.endsWith(".service"))
    .map((file) => {
      const to = join(folder, file);
      writeFileSync(to, readFileSync(join(units, file), "utf8").replaceAll("/opt/callbox", root));
      return to;
    });
}

const analyze = (...words: readonly string[]) =>
  spawnSync("systemd-analyze", [...words], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });

t.test("systemd takes the units as they are", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "callbox-units-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const { status, stdout, stderr } = analyze("verify", "--man=no", ...installed(folder));
  t.equal(status, 0, stderr);
  t.notMatch(`${stdout}${stderr}`, /callbox.*(unknown|invalid|failed)/iu);
  t.end();
});

t.test("the appliance is hardened", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "callbox-units-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const [service] = installed(folder).filter((file) => file.endsWith("/callbox.service"));
  const { stdout } = analyze("security", "--offline=true", String(service));
  const exposure = Number(/exposure level for callbox\.service: ([\d.]+)/u.exec(stdout)?.[1]);
  t.ok(exposure <= 2.5, `exposure ${exposure} is at most 2.5`);
  t.end();
});

t.test("the account and its folders are well formed", (t) => {
  for (const [tool, file] of [
    ["systemd-sysusers", "sysusers.d/callbox.conf"],
    ["systemd-tmpfiles", "tmpfiles.d/callbox.conf"],
  ] as const) {
    const words = tool === "systemd-sysusers" ? ["--dry-run"] : ["--cat-config"];
    const { status, stderr } = spawnSync(tool, [...words, join(units, file)], { encoding: "utf8" });
    t.equal(status, 0, stderr);
  }
  t.end();
});
