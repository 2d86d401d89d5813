// Pushes what happens to everybody who listens: a snapshot first, then changes, each made into text once.
import type { Cancel } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import type { PushedEvent, Snapshot } from "./api/events.ts";
import type { Today } from "./api/queues.ts";
import type { WebDeps } from "./deps.ts";
import type { ReadonlyDeep } from "./handlers.ts";
import type { HealthSampler } from "./health.ts";
import type { Sessions } from "./sessions.ts";
import { closeCodes, type Socket } from "./socket.ts";
import { mayUse, signedIn, type SignedIn } from "./users.ts";
import { changeView, maySee, recordView, spanView, stationView } from "./views.ts";

export interface Hub {
  /** Takes a socket of somebody who was admitted. */
  join(socket: Socket, user: SignedIn): void;
  /** Starts the ticks, and reads the first figures. */
  start(): Promise<void>;
  close(): void;
  readonly listeners: number;
}

export interface HubDeps extends Omit<WebDeps, "flows" | "uiDir" | "tlsDir"> {
  readonly sessions: Sessions;
  readonly health: HealthSampler;
  readonly readToday: () => Promise<Today>;
}

type Pushed = ReadonlyDeep<PushedEvent>;

type May = (user: SignedIn) => boolean;
const everybody: May = () => true;

const tickMs = 10_000;
// The figures follow a busy hour without being counted anew for every call.
const figuresMs = 1000;
/** Octets that may wait for a slow browser: some seconds of a very busy box. */
const mostWaiting = 1_000_000;

export function createHub(deps: HubDeps): Hub {
  const { lines, changes, calls, acd, alerts, storage, rehearsal, settings, sessions, health, clock, log } =
    deps;
  const listeners = new Map<Socket, SignedIn>();
  const pending = new Map<string, { readonly event: Pushed; readonly may: May }>();
  let subscriptions: readonly Unsubscribe[] = [];
  let cancelTick: Cancel = () => undefined;
  let cancelFigures: Cancel | undefined;
  let today: Today | undefined;
  /** Nobody listened when the figures changed: they are read when somebody comes. */
  let stale = false;
  let closed = false;

  const drop = (socket: Socket, code: number, reason: string): void => {
    listeners.delete(socket);
    socket.close(code, reason);
    // Who reads nothing does not answer a close either.
    clock.after(2000, () => socket.terminate());
  };
  const send = (socket: Socket, text: string): void => {
    if (socket.bufferedAmount > mostWaiting) {
      log.warn({ user: listeners.get(socket)?.name }, "a browser that reads too slowly was dropped");
      drop(socket, closeCodes.tooSlow, "reads too slowly");
    } else socket.send(text);
  };
  const flush = (): void => {
    const events = [...pending.values()];
    pending.clear();
    for (const { event, may } of events) {
      const text = JSON.stringify(event);
      for (const [socket, user] of [...listeners]) if (may(user)) send(socket, text);
    }
  };
  /** Rooms tell each step; of what one turn of the loop makes of a thing, only the last is pushed. */
  const push = (event: Pushed, about: string | number = "", may = everybody): void => {
    if (listeners.size === 0) return;
    if (pending.size === 0) setImmediate(flush);
    const key = `${event.type} ${about}`;
    pending.delete(key);
    pending.set(key, { event, may });
  };

  const snapshot = (user: SignedIn, figures: Today): ReadonlyDeep<Snapshot> => ({
    type: "snapshot",
    at: clock.now(),
    spans: lines.spans().map(spanView),
    lines: lines.list(),
    calls: calls.list(),
    queues: acd.queues(),
    agents: acd.agents(),
    stations: mayRehearse(user) ? (rehearsal?.stations().map(stationView) ?? []) : [],
    today: figures,
    health: health.current(),
    ...(mayChange(user) ? { change: change() } : {}),
    alerts: maySupervise(user) ? alerts.list() : [],
  });
  const change = () => changeView(changes.state(), changes.differences());
  const mayChange = (user: SignedIn): boolean => mayUse(user.role, "admin");
  const maySupervise = (user: SignedIn): boolean => mayUse(user.role, "supervisor");
  const mayRehearse = (user: SignedIn): boolean => mayUse(user.role, "supervisor");

  const readFigures = async (): Promise<void> => {
    stale = false;
    try {
      today = await deps.readToday();
      push({ type: "today", today });
    } catch (error) {
      stale = true;
      if (!closed) log.error({ err: error }, "the figures of the day could not be read");
    }
  };
  const figuresSoon = (): void => {
    if (listeners.size === 0) {
      stale = true;
      return;
    }
    cancelFigures ??= clock.after(figuresMs, () => {
      cancelFigures = undefined;
      void readFigures();
    });
  };
  const pushRecord = async (call: string): Promise<void> => {
    if (listeners.size === 0) return;
    const record = await storage.record(call).catch(() => undefined);
    const view = record === undefined ? undefined : recordView(record);
    if (record !== undefined && view !== undefined)
      push({ type: "record", record: view }, call, (user) => maySee(user, record));
  };

  const pushHealth = async (): Promise<void> => {
    try {
      push({ type: "health", health: await health.sample() });
    } catch (error) {
      if (!closed) log.error({ err: error }, "the box's health could not be read");
    }
  };

  const tick = (): void => {
    push({ type: "tick", at: clock.now() });
    void pushHealth();
    // At midnight the day begins anew though nothing happens.
    figuresSoon();
    for (const [socket, user] of [...listeners]) if (!sessions.lives(user.session.id)) signOut(socket);
    cancelTick = clock.after(tickMs, tick);
  };
  const signOut = (socket: Socket): void => {
    socket.send(JSON.stringify({ type: "signed-out" } satisfies Pushed));
    drop(socket, closeCodes.signedOut, "signed out");
  };

  return {
    join(socket, user) {
      let gone = false;
      const admit = (): void => {
        const now = signedIn(user.session, settings.current());
        if (gone) return;
        if (closed || today === undefined || now === undefined) {
          socket.close(1013, "not ready");
          return;
        }
        listeners.set(socket, now);
        send(socket, JSON.stringify(snapshot(now, today)));
      };
      socket.on("close", () => {
        gone = true;
        listeners.delete(socket);
      });
      // Nothing is said here by the browser; whoever does is no console.
      socket.on("message", () => drop(socket, 1008, "only listens"));
      if (stale) void readFigures().then(admit);
      else admit();
    },
    async start() {
      subscriptions = [
        lines.events.on((event) => {
          if (event.type === "line") push({ type: "line", line: event.line }, event.line.id);
          else if (event.type === "span")
            push({ type: "span", span: spanView(event.span) }, event.span.number);
          else if (event.type === "span-removed") {
            for (const key of [...pending.keys()])
              if (key === `span ${event.number}` || key.startsWith(`line ${event.number}/`))
                pending.delete(key);
            push(event, event.number);
          }
        }),
        changes.events.on(() => push({ type: "change", change: change() }, "", mayChange)),
        calls.events.on((event) => {
          if (event.type === "call") push({ type: "call", call: event.call }, event.call.id);
          else {
            pending.delete(`call ${event.id}`);
            push({ type: "call-ended", id: event.id }, event.id);
          }
        }),
        alerts.events.on(() => push({ type: "alerts", alerts: alerts.list() }, "", maySupervise)),
        acd.events.on((event) => push(event, event.type === "queue" ? event.queue.id : event.agent.number)),
        storage.events.on((event) => {
          if (event.type !== "committed") return;
          figuresSoon();
          for (const one of event.events)
            if (
              one.type === "call.ended" ||
              one.type === "call.charged" ||
              one.type === "call.coded" ||
              one.type === "call.scored" ||
              one.type === "call.detailed" ||
              one.type === "recording.finished" ||
              one.type === "recording.archived" ||
              one.type === "fax.received" ||
              one.type === "fax.sent"
            )
              void pushRecord(one.call);
        }),
        settings.events.on((event) => {
          if (event.type !== "changed") return;
          for (const [socket, user] of [...listeners]) {
            const now = signedIn(user.session, event.settings);
            if (now === undefined) signOut(socket);
            else listeners.set(socket, now);
          }
          push({ type: "settings", revision: event.revision });
          flush();
          const figures = today;
          if (figures !== undefined)
            for (const [socket, user] of [...listeners])
              send(socket, JSON.stringify(snapshot(user, figures)));
        }),
        sessions.ended.on((session) => {
          for (const [socket, user] of [...listeners]) if (user.session.id === session.id) signOut(socket);
        }),
        ...(rehearsal === undefined
          ? []
          : [
              rehearsal.events.on(({ station }) =>
                push({ type: "station", station: stationView(station) }, station.id, mayRehearse),
              ),
            ]),
      ];
      await health.sample();
      today = await deps.readToday();
      cancelTick = clock.after(tickMs, tick);
    },
    close() {
      closed = true;
      for (const unsubscribe of subscriptions) unsubscribe();
      cancelTick();
      cancelFigures?.();
      for (const socket of [...listeners.keys()]) socket.close(1001, "closing");
      listeners.clear();
    },
    get listeners() {
      return listeners.size;
    },
  };
}
