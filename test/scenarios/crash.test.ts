// kill -9 under load, at random moments: the whole appliance as a process, with the simulated office, callers who ring, press
// keys, ask to be called back and give up, agents who answer, pause and log out. After each start nothing that was committed
// is missing, the chain is whole, no call is a ghost, and agents and callbacks are as the journal says.
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import t from "tap";
import { createClient, type Client } from "../../src/cli/client.ts";
import { demoOffice } from "../../src/config/demo-office.ts";
import type { JournalEvent } from "../../src/shared/journal.ts";
import { openForReading } from "../../src/storage/database.ts";
import { createDice } from "../support/dice.ts";
import { temporaryFolder } from "../support/folder.ts";
import { freePort } from "../support/free-port.ts";

const kills = Number(process.env["CALLBOX_CRASHES"] ?? 5);
const seed = Number(process.env["CALLBOX_SEED"] ?? 20_261_128);
const root = join(import.meta.dirname, "../..");
const home = join(temporaryFolder("crash"), "home");

const random = createDice(seed);
const one = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

interface Row {
  readonly seq: number;
  readonly data: string;
  readonly link: string;
}

/** What is on disk, as somebody outside the process sees it. */
function rowsAfter(seq: number): readonly Row[] {
  const database = openForReading(join(home, "journal.db"));
  try {
    return database
      .prepare<number[], Row>("SELECT seq, data, hex(link) AS link FROM event WHERE seq > ? ORDER BY seq")
      .all(seq);
  } finally {
    database.close();
  }
}

function office(port: number): object {
  const settings = demoOffice();
  const callback = { key: "1", prefix: "9", tries: 3, retryMinutes: 1, keepHours: 24 };
  return {
    ...settings,
    web: { ...settings.web, port },
    queues: settings.queues.map((queue) => ({ ...queue, ringSeconds: 3, wrapUpSeconds: 1, callback })),
    users: [],
  };
}

interface Running {
  readonly process: ChildProcess;
  readonly client: Client;
}

async function start(): Promise<Running> {
  const child = spawn(process.execPath, [join(root, "src/main.ts"), "--simulated"], {
    env: { ...process.env, CALLBOX_HOME: home, CALLBOX_LOG: "fatal" },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (part: Buffer) => (said += part.toString("utf8")));
  const client = createClient(join(home, "callbox.sock"), "root");
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error(`did not start: ${said}`);
    const ready = await client.request("GET /ready", {}).catch(() => undefined);
    if (ready !== undefined) return { process: child, client };
    await sleep(50);
  }
  child.kill("SIGKILL");
  throw new Error(`is not ready: ${said}`);
}

/** An E1 takes calls when its data link is there. */
async function trunkUp({ client }: Running): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const { lines } = await client.request("GET /lines", {});
    if (lines.some(({ id, state }) => id === "1/1" && state === "idle")) return;
    await sleep(50);
  }
  throw new Error("the E1 does not come up");
}

/** Callers, and agents, do one thing after another until the box is gone. */
function load({ client }: Running, agentsWork: boolean): { readonly stop: () => Promise<void> } {
  let over = false;
  const at = (id: string, body: object): Promise<unknown> =>
    client.request("POST /rehearsal/stations/:id/actions", { params: { id }, body: body as never });
  const caller = async (id: string): Promise<void> => {
    while (!over) {
      await at(id, {
        action: "dial",
        number: one(["88880001", "88880002"]),
        trunk: one(["isdn", "isdn", "isdn", "fxo"]),
      });
      await sleep(200 + random() * 800);
      if (random() < 0.4) {
        await at(id, { action: "press", digits: "1" });
        await sleep(300 + random() * 300);
        await at(id, { action: "press", digits: "1" });
      }
      await sleep(random() * 1500);
      await at(id, { action: "hang-up" });
      await sleep(random() * 200);
    }
  };
  const agent = async (number: string, phone: string, extension: string): Promise<void> => {
    const tell = (body: object): Promise<unknown> =>
      client.request("POST /agents/:number/commands", { params: { number }, body: body as never });
    while (!over) {
      await tell({ command: "log-in", extension }).catch(() => undefined);
      const { stations } = await client.request("GET /rehearsal/stations", {});
      const state = stations.find(({ id }) => id === phone)?.state;
      if (state === "ringing" && random() < 0.7) await at(phone, { action: "lift" });
      else if (state !== "idle" && state !== "ringing" && random() < 0.4)
        await at(phone, { action: "hang-up" });
      else if (random() < 0.1) await tell({ command: "pause", reason: "lunch" }).catch(() => undefined);
      else if (random() < 0.3) await tell({ command: "ready" }).catch(() => undefined);
      else if (random() < 0.03) await tell({ command: "log-out" }).catch(() => undefined);
      await sleep(50 + random() * 250);
    }
  };
  const lives = [
    ...[1, 2, 3, 4, 5, 6].map((n) => caller(`outside-${n}`)),
    ...(agentsWork ? [1, 2, 3, 4] : []).map((n) => agent(`30${n}`, `phone-5/${n + 1}`, `20${n + 1}`)),
  ].map((life) =>
    life.catch((error: unknown) => {
      // Whoever speaks to a box that was killed gets no answer; anything else is for us.
      if (!over && !(error instanceof Error && /socket|ECONN|EPIPE|no Callbox/u.test(error.message)))
        t.fail(String(error));
    }),
  );
  return {
    async stop() {
      over = true;
      await Promise.all(lives);
    },
  };
}

/** Counted apart from distribution's own fold. */
function expected(events: readonly JournalEvent[]) {
  const seats = new Map<string, { extension: string; paused: string | null }>();
  const callbacks = new Set<string>();
  const open = new Set<string>();
  for (const event of events) {
    switch (event.type) {
      case "agent.logged-in":
        seats.set(event.agent, { extension: event.extension, paused: null });
        break;
      case "agent.logged-out":
        seats.delete(event.agent);
        break;
      case "agent.paused":
      case "agent.ready": {
        const seat = seats.get(event.agent);
        if (seat !== undefined) seat.paused = event.type === "agent.paused" ? event.reason : null;
        break;
      }
      case "callback.requested":
        callbacks.add(event.callback);
        break;
      case "callback.failed":
        if (event.again === undefined) callbacks.delete(event.callback);
        break;
      case "queue.left":
        callbacks.delete(event.call);
        break;
      case "call.started":
        open.add(event.call);
        break;
      case "call.ended":
        open.delete(event.call);
        break;
      default:
    }
  }
  return { seats, callbacks, open };
}

/** Agents who are there and take no calls: whoever is to be called back waits. */
async function restingAgents({ client }: Running): Promise<void> {
  const tell = (body: object): Promise<unknown> =>
    client.request("POST /agents/:number/commands", { params: { number: "301" }, body: body as never });
  await tell({ command: "log-in", extension: "202" });
  await tell({ command: "pause", reason: "lunch" });
}

async function callbackPending(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const events = rowsAfter(0).map(({ data }) => JSON.parse(data) as JournalEvent);
    if (expected(events).callbacks.size > 0) return;
    await sleep(100);
  }
  throw new Error("nobody asks to be called back");
}

t.setTimeout(120_000 + kills * 20_000);
t.test(`killed ${kills} times`, async (t) => {
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "settings.json"), JSON.stringify(office(await freePort())));
  let box = await start();
  const totals = { events: 0, calls: 0, callbacks: 0, ghosts: 0, waiting: 0, lines: 0 };
  for (let round = 1; round <= kills; round++) {
    await trunkUp(box);
    // Whoever is to be called back must outlive a crash: one at least is there at the first.
    if (round === 1) await restingAgents(box);
    const people = load(box, round > 1);
    if (round === 1) await callbackPending();
    await sleep(300 + random() * 4000);
    // What is read here was committed; the process is killed at once after it.
    const seen = rowsAfter(0);
    const gone = once(box.process, "exit");
    box.process.kill("SIGKILL");
    await gone;
    await people.stop();
    const after = rowsAfter(0);
    const same = seen.every(({ seq, data, link }, i) => {
      const found = after[i];
      return found?.seq === seq && found.data === data && found.link === link;
    });
    if (!same) t.fail(`round ${round}: a committed event is missing or changed`);

    const before = expected(after.map(({ data }) => JSON.parse(data) as JournalEvent));
    totals.ghosts += before.open.size;
    box = await start();
    const { broken, events } = await box.client.request("GET /journal/verification", { query: {} });
    if (broken !== undefined) t.fail(`round ${round}: the chain is broken at ${broken.seq}: ${broken.why}`);
    const all = rowsAfter(0);
    const kept = after.every(({ data, link }, i) => all[i]?.data === data && all[i].link === link);
    if (!kept) t.fail(`round ${round}: an event is missing after the start`);
    const now = all.map(({ data }) => JSON.parse(data) as JournalEvent);
    const started = now.findLastIndex((event) => event.type === "appliance.started");
    const ghosts = [...expected(now.slice(0, started + 1)).open];
    if (ghosts.length > 0) t.fail(`round ${round}: ghost calls ${ghosts.join()}`);
    const { agents } = await box.client.request("GET /agents", {});
    const seats = expected(now).seats;
    for (const { number, extension, status, reason } of agents) {
      const seat = before.seats.get(number);
      if (seat?.extension !== extension)
        t.fail(`round ${round}: ${number} sits at ${extension}, not ${seat?.extension ?? "anywhere"}`);
      const paused = seats.get(number)?.paused ?? null;
      if (status === "paused" && reason !== paused)
        t.fail(`round ${round}: ${number} is paused for ${reason}`);
      if (status === "on-call") t.fail(`round ${round}: ${number} is ${status}`);
    }
    const { queues } = await box.client.request("GET /queues", {});
    const callers = queues.flatMap((queue) => queue.callers);
    const ghostsInLine = callers.filter(({ callback }) => callback !== true);
    if (ghostsInLine.length > 0) t.fail(`round ${round}: ${ghostsInLine.length} callers wait who are gone`);
    const lost = [...before.callbacks].filter((id) => !expected(now).callbacks.has(id));
    if (lost.length > 0) t.fail(`round ${round}: callbacks lost: ${lost.join()}`);
    totals.events = events;
    totals.callbacks = Math.max(totals.callbacks, before.callbacks.size);
    totals.waiting += callers.length;
  }
  const events = rowsAfter(0).map(({ data }) => JSON.parse(data) as JournalEvent);
  totals.calls = events.filter(({ type }) => type === "call.started").length;
  t.comment(
    `${kills} kills: ${totals.events} events, ${totals.calls} calls, ${totals.ghosts} of them open when killed, at most ${totals.callbacks} callbacks pending`,
  );
  t.ok(totals.ghosts > 0, "calls were up when it was killed");
  t.ok(totals.callbacks > 0, "callbacks were pending");
  box.process.kill("SIGTERM");
  await once(box.process, "exit");
  t.match(JSON.parse(rowsAfter(0).at(-1)?.data ?? "{}"), { type: "appliance.stopped" });
  t.ok(readFileSync(join(home, "settings.json"), "utf8").includes('"sales"'), "settings are whole");
});
