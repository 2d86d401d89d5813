// Two D-channel machines, user and network, joined back to back on one test clock, with a wire that can lose,
// double and delay frames by seeded chance.
import { createDChannel, next, type DChannelState } from "../../../src/signalling/isdn/dchannel.ts";
import type {
  DChannelEffect,
  DChannelInput,
  DChannelOptions,
  Indication,
  Request,
} from "../../../src/signalling/isdn/types.ts";
import type { Cancel, Clock } from "../../../src/shared/clock.ts";
import { assertIndication, assertLog } from "./well-formed.ts";

export type IndicationOf<T extends Indication["type"]> = Extract<Indication, { readonly type: T }>;

export interface Endpoint {
  readonly name: "user" | "network";
  state(): DChannelState;
  /** Replaceable, to put something between the wire and the machine. */
  input: (input: DChannelInput) => void;
  request(request: Request): void;
  /** Every indication so far. */
  readonly heard: Indication[];
  /** Every frame sent so far. */
  readonly sent: Uint8Array[];
  readonly logs: Extract<DChannelEffect, { type: "log" }>[];
  /** Names of the indications for a call, or for all calls. */
  names(call?: string): string[];
  /** The latest indication of that type. @throws when there is none. */
  last<T extends Indication["type"]>(type: T): IndicationOf<T>;
  /** Called on each indication, after it was noted. */
  react: (indication: Indication) => void;
  readonly timers: ReadonlyMap<string, Cancel>;
}

export interface Wire {
  /** Chance of each, 0–1. */
  loss: number;
  double: number;
  /** Most milliseconds of delay; frames never overtake each other. */
  delay: number;
  cut: boolean;
}

export interface Joined {
  readonly user: Endpoint;
  readonly network: Endpoint;
  readonly wire: Wire;
  layer1(up: boolean): void;
}

/** A small generator (mulberry32): the same seed, the same run. */
export function seeded(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param saved puts the state through JSON before each input: it must be plain. */
export function createEndpoint(
  options: DChannelOptions,
  clock: Clock,
  send: (frame: Uint8Array) => void,
  saved = true,
): Endpoint {
  let state = createDChannel(options);
  const timers = new Map<string, Cancel>();
  const queue: DChannelInput[] = [];
  let busy = false;
  const input = (given: DChannelInput): void => {
    queue.push(given);
    if (busy) return;
    busy = true;
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const step = next(saved ? restore(state) : state, one);
      state = step.state;
      step.effects.forEach(execute);
    }
    busy = false;
  };
  const execute = (effect: DChannelEffect): void => {
    switch (effect.type) {
      case "send-frame":
        endpoint.sent.push(effect.frame);
        send(effect.frame);
        break;
      case "start-timer": {
        const { timer, ms } = effect;
        timers.get(timer)?.();
        const cancel = clock.after(ms, () => {
          timers.delete(timer);
          input({ type: "timer", timer });
        });
        timers.set(timer, cancel);
        break;
      }
      case "stop-timer":
        timers.get(effect.timer)?.();
        timers.delete(effect.timer);
        break;
      case "indication":
        assertIndication(effect.indication);
        endpoint.heard.push(effect.indication);
        endpoint.react(effect.indication);
        break;
      case "log":
        assertLog(effect);
        endpoint.logs.push(effect);
        break;
    }
  };
  const endpoint: Endpoint = {
    name: options.side,
    state: () => state,
    input,
    request: (request) => input({ type: "request", request }),
    heard: [],
    sent: [],
    logs: [],
    names: (call) =>
      endpoint.heard
        .filter((each) => "call" in each && (call === undefined || each.call === call))
        .map(({ type }) => type),
    last: <T extends Indication["type"]>(type: T) => {
      const found = endpoint.heard.findLast((each): each is IndicationOf<T> => each.type === type);
      if (found === undefined) throw new Error(`${options.side} heard no ${type}`);
      return found;
    },
    react: () => undefined,
    timers,
  };
  return endpoint;
}

export function join(
  clock: Clock,
  options: {
    readonly user?: Partial<DChannelOptions>;
    readonly network?: Partial<DChannelOptions>;
    readonly interface?: "PRI" | "BRI";
    readonly seed?: number;
    readonly saved?: boolean;
  } = {},
): Joined {
  const random = seeded(options.seed ?? 1);
  const wire: Wire = { loss: 0, double: 0, delay: 1, cut: false };
  const arrival = { user: 0, network: 0 };
  const carry = (to: "user" | "network", frame: Uint8Array): void => {
    if (wire.cut || random() < wire.loss) return;
    const copies = random() < wire.double ? 2 : 1;
    for (let i = 0; i < copies; i++) {
      const at = Math.max(arrival[to], clock.monotonic() + 1 + random() * (wire.delay - 1));
      arrival[to] = at;
      clock.after(at - clock.monotonic(), () => {
        if (!wire.cut) joined[to].input({ type: "frame", frame });
      });
    }
  };
  const kind = options.interface ?? "PRI";
  const endpoint = (side: "user" | "network", own: Partial<DChannelOptions> | undefined): Endpoint =>
    createEndpoint(
      { side, interface: kind, restart: "none", ...own },
      clock,
      (frame) => carry(side === "user" ? "network" : "user", frame),
      options.saved,
    );
  const joined: Joined = {
    user: endpoint("user", options.user),
    network: endpoint("network", options.network),
    wire,
    layer1(up) {
      joined.user.input({ type: "layer1", up });
      joined.network.input({ type: "layer1", up });
    },
  };
  return joined;
}

/** What an endpoint does with calls that come in: proceed, ring, answer, and release when told to. */
export function answering(endpoint: Endpoint): void {
  endpoint.react = (indication) => {
    if (indication.type === "SetupIndication") {
      const { call } = indication;
      endpoint.request({ type: "ProceedingRequest", call });
      endpoint.request({ type: "AlertingRequest", call });
      endpoint.request({ type: "SetupResponse", call });
    }
    if (indication.type === "DisconnectIndication") {
      endpoint.request({ type: "ReleaseRequest", call: indication.call });
    }
  };
}

/** Number of calls and of busy channels of an endpoint. */
export function remains(endpoint: Endpoint): { readonly calls: number; readonly busy: number } {
  const { calls, channels } = endpoint.state().layer3;
  return {
    calls: Object.keys(calls).length,
    busy: Object.values(channels).filter((channel) => channel.call !== "").length,
  };
}

function restore(state: DChannelState): DChannelState {
  return JSON.parse(JSON.stringify(state)) as DChannelState;
}
