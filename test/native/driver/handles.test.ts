// Handles without a card: what opening says, and misuse of open and closed handles under a fake driver.
import { execFile, execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import t from "tap";
import { driver } from "node-dahdi";
import type { Misuse } from "./misuse.ts";

const run = promisify(execFile);

t.test("without the driver, opening says so", { skip: existsSync("/dev/dahdi/ctl") }, (t) => {
  for (const [open, path] of [
    [() => driver.openControl(), "/dev/dahdi/ctl"],
    [() => driver.openChannel(1), "/dev/dahdi/channel"],
    [() => driver.openPseudo(), "/dev/dahdi/pseudo"],
  ] as const) {
    t.throws(open, { code: "ERR_DRIVER", errno: "ENOENT", number: 2, operation: `open ${path}` });
  }
  t.end();
});

t.test("wrong arguments are refused before the driver sees them", (t) => {
  const wrong: readonly unknown[] = [undefined, "1", 0, -1, 1.5, NaN, 65_536, {}, null, 1n];
  for (const value of wrong) t.throws(() => driver.openChannel(value as number), { code: "ERR_ARGUMENT" });
  t.throws(() => driver.findToneZone("a".repeat(20)), { code: "ERR_ARGUMENT" });
  t.throws(() => driver.systemNotify("x".repeat(5000)), { code: "ERR_ARGUMENT" });
  t.end();
});

t.test("libtonezone's zones are there to look up", (t) => {
  t.match(driver.findToneZone("fr"), { number: 2, country: "fr", ringCadence: [1500, 3500] });
  t.equal(driver.findToneZone("us")?.tones[0], "350+440");
  t.equal(driver.findToneZone("zz"), undefined);
  t.end();
});

t.test("under a fake driver: misuse throws what is documented, and never crashes", async (t) => {
  const stdout = await underFakeDriver(t, "handles-child.ts");
  const report = JSON.parse(stdout) as Record<string, unknown>;
  for (const name of ["channel", "pseudo", "control"]) {
    const { open, closed, isClosed } = report[name] as { open: Misuse; closed: Misuse; isClosed: boolean };
    t.ok((open.outcomes["ERR_ARGUMENT"] ?? 0) > open.calls / 2, `${name}: ${JSON.stringify(open)}`);
    t.same(closed.outcomes, { ERR_CLOSED: closed.calls }, `${name}: all calls of a closed handle`);
    t.equal(isClosed, true);
  }
  t.same(report["elast"], ["ELAST", 500, "DAHDI_SETPOLARITY"]);
  t.equal(report["hook"], "in-progress");
  t.same(report["busy"], ["EBUSY", 16, "DAHDI_HOOK"]);
  t.equal(report["done"], "done");
  t.equal(report["nothingToRead"], 0);
  t.equal(report["written"], 160);
  t.equal(report["sent"], true);
  t.equal(report["event"], "none");
  t.equal(report["closedMeanwhile"], "done", "the descriptor lives until the call is over");
  t.equal(report["afterwards"], "ERR_CLOSED");
});

t.test(
  "under a fake driver: frames without their FCS, a listener that throws, workers that end",
  async (t) => {
    const stdout = await underFakeDriver(t, "worker-child.ts", { FAKE_DRIVER_FEED: "1" });
    const { error, frames } = JSON.parse(stdout) as { error: string; frames: readonly (readonly number[])[] };
    t.equal(error, "from a listener", "an uncaught exception, and the next frames come all the same");
    t.equal(frames.length, 10, "none after close");
    const first = frames[0]?.[0] ?? -1;
    t.same(
      frames,
      frames.map((_, index) => Array.from({ length: 8 }, () => first + index)),
    );
  },
);

t.test("systemNotify sends a datagram, and says when nobody takes it", async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "notify-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const before = process.env["NOTIFY_SOCKET"];
  t.teardown(() => {
    if (before === undefined) delete process.env["NOTIFY_SOCKET"];
    else process.env["NOTIFY_SOCKET"] = before;
  });
  delete process.env["NOTIFY_SOCKET"];
  t.equal(driver.systemNotify("READY=1"), false, "no service manager");
  process.env["NOTIFY_SOCKET"] = join(folder, "absent");
  t.equal(driver.systemNotify("READY=1"), false, "nobody there");
  for (const socket of [join(folder, "notify"), "\0callbox-test-notify"]) {
    const received = listenOnce(socket);
    await received.ready;
    process.env["NOTIFY_SOCKET"] = socket.replace("\0", "@");
    t.equal(driver.systemNotify("READY=1\nSTATUS=up"), true);
    t.equal(await received.text, "READY=1\nSTATUS=up");
  }
});

/** Runs a program of this folder with the fake driver before libc. @returns what it wrote. */
async function underFakeDriver(
  t: { teardown(work: () => void): void },
  program: string,
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "fake-driver-"));
  t.teardown(() => rmSync(folder, { recursive: true }));
  const library = join(folder, "fake-driver.so");
  const here = import.meta.dirname;
  execFileSync("cc", [
    "-O1",
    "-Wall",
    "-shared",
    "-fPIC",
    "-o",
    library,
    join(here, "fake-driver.c"),
    "-ldl",
  ]);
  const { stdout } = await run(process.execPath, [join(here, program)], {
    env: { ...process.env, ...env, LD_PRELOAD: library },
    timeout: 60_000,
  });
  return stdout;
}

/** Node.js has no unix datagram sockets: a line of Python receives. */
function listenOnce(address: string): { readonly ready: Promise<void>; readonly text: Promise<string> } {
  const program =
    "import socket,sys;s=socket.socket(socket.AF_UNIX,socket.SOCK_DGRAM);" +
    "s.bind(sys.argv[1].replace('@','\\0',1) if sys.argv[1][0]=='@' else sys.argv[1]);" +
    "print('ready',flush=True);print(s.recv(4096).decode(),end='')";
  const child = execFile("python3", ["-c", program, address.replace("\0", "@")], { timeout: 20_000 });
  let output = "";
  let announce: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (announce = resolve));
  child.stdout?.on("data", (part: string) => {
    output += part;
    if (output.startsWith("ready\n")) announce();
  });
  const text = new Promise<string>((resolve) =>
    child.on("close", () => resolve(output.slice("ready\n".length))),
  );
  return { ready, text };
}
