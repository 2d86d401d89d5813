// What is going on in the box now, as pushed on /api/v1/events. Pages read it; nobody else writes it.
import { SvelteMap } from "svelte/reactivity";
import type { CallView } from "../../web/api/calls.ts";
import type { ChangeView } from "../../web/api/changes.ts";
import type { PushedEvent } from "../../web/api/events.ts";
import type { Health } from "../../web/api/health.ts";
import type { LineView, SpanView } from "../../web/api/lines.ts";
import type { AgentView, AlertView, QueueView, Today } from "../../web/api/queues.ts";
import type { RecordView } from "../../web/api/records.ts";
import type { StationView } from "../../web/api/rehearsal.ts";
import { openSocket } from "./client.ts";

const silenceMs = 25_000;
const retryMs = { first: 400, most: 8000 };

export const live = $state({
  /** `lost` only after it was `up`: then the banner shows. */
  connection: "connecting" as "connecting" | "up" | "lost",
  /** Box's clock minus this browser's, milliseconds. */
  offset: 0,
  /** The box's time, once a second. */
  now: Date.now(),
  today: undefined as Today | undefined,
  health: undefined as Health | undefined,
  /** Of lines; only told to those who may change them. */
  change: undefined as ChangeView | undefined,
  /** What the rules for alerts find; only told to supervisors. */
  alerts: [] as readonly AlertView[],
  /** Grows when settings changed on the box. */
  settingsRevision: 0,
});

export const spans = new SvelteMap<number, SpanView>();
export const lines = new SvelteMap<string, LineView>();
export const calls = new SvelteMap<string, CallView>();
export const queues = new SvelteMap<string, QueueView>();
export const agents = new SvelteMap<string, AgentView>();
export const stations = new SvelteMap<string, StationView>();

const recordListeners = new Set<(record: RecordView) => void>();

/** Told of each record as it is written; the result stops it. */
export function onRecord(listener: (record: RecordView) => void): () => void {
  recordListeners.add(listener);
  return () => void recordListeners.delete(listener);
}

/** Connects and stays connected until the result is called. `onSignedOut`: the session is over. */
export function connectLive(onSignedOut: () => void): () => void {
  let socket: WebSocket | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let wait = retryMs.first;
  let over = false;

  const heard = (): void => {
    clearTimeout(silence);
    silence = setTimeout(() => socket?.close(), silenceMs);
  };
  const lost = (code: number): void => {
    clearTimeout(silence);
    if (over) return;
    if (code === 4003) return onSignedOut();
    if (live.connection === "up") live.connection = "lost";
    retry = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, retryMs.most);
  };
  const open = (): void => {
    const own = openSocket("/events");
    socket = own;
    own.onmessage = (message) => {
      heard();
      const event = JSON.parse(String(message.data)) as PushedEvent;
      if (event.type === "snapshot") {
        wait = retryMs.first;
        live.connection = "up";
      }
      if (event.type === "signed-out") onSignedOut();
      else apply(event);
    };
    own.onclose = (event) => lost(event.code);
    heard();
  };
  const tick = setInterval(() => (live.now = Date.now() + live.offset), 1000);
  open();
  return () => {
    over = true;
    clearInterval(tick);
    clearTimeout(retry);
    clearTimeout(silence);
    socket?.close();
    live.connection = "connecting";
  };
}

export function apply(event: PushedEvent): void {
  switch (event.type) {
    case "snapshot":
      live.offset = event.at - Date.now();
      live.now = event.at;
      live.today = event.today;
      live.health = event.health;
      live.change = event.change;
      live.alerts = event.alerts;
      replace(spans, event.spans, (one) => one.number);
      replace(lines, event.lines, (one) => one.id);
      replace(calls, event.calls, (one) => one.id);
      replace(queues, event.queues, (one) => one.id);
      replace(agents, event.agents, (one) => one.number);
      replace(stations, event.stations, (one) => one.id);
      return;
    case "tick":
      live.offset = event.at - Date.now();
      return;
    case "alerts":
      live.alerts = event.alerts;
      return;
    case "change":
      live.change = event.change;
      return;
    case "span":
      return void spans.set(event.span.number, event.span);
    case "span-removed":
      for (const line of [...lines.values()]) if (line.span === event.number) lines.delete(line.id);
      return void spans.delete(event.number);
    case "line":
      return void lines.set(event.line.id, event.line);
    case "call":
      return void calls.set(event.call.id, event.call);
    case "call-ended":
      return void calls.delete(event.id);
    case "queue":
      return void queues.set(event.queue.id, event.queue);
    case "agent":
      return void agents.set(event.agent.number, event.agent);
    case "agent-removed":
      return void agents.delete(event.number);
    case "station":
      return void stations.set(event.station.id, event.station);
    case "today":
      live.today = event.today;
      return;
    case "health":
      live.health = event.health;
      return;
    case "record":
      for (const listener of recordListeners) listener(event.record);
      return;
    case "settings":
      live.settingsRevision = event.revision;
      return;
    case "signed-out":
      return;
  }
}

function replace<K, V>(map: SvelteMap<K, V>, values: readonly V[], key: (value: V) => K): void {
  const fresh = new Set(values.map(key));
  for (const old of [...map.keys()]) if (!fresh.has(old)) map.delete(old);
  for (const value of values) map.set(key(value), value);
}
