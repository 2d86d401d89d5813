// Rehearsal stations for the mock server: an outside caller reaches a prompt, presses 1, and a telephone rings;
// once it is lifted each hears what the other says.
import type { StationAction, StationView } from "../../../src/web/api/rehearsal.ts";
import { createEmitter, type Events } from "../../../src/shared/events.ts";

type Listener = (samples: Int16Array) => void;

export interface MockStations {
  readonly events: Events<StationView>;
  list(): readonly StationView[];
  act(id: string, action: StationAction): StationView | undefined;
  /** Attaches a browser's ear; the result takes what it says. */
  attach(id: string, ear: Listener): { say(samples: Int16Array): void; detach(): void };
  close(): void;
}

const block = 160;

export function createMockStations(): MockStations {
  const emitter = createEmitter<StationView>();
  const stations = new Map<string, StationView>();
  const ears = new Map<string, Listener>();
  const peers = new Map<string, string>();
  const timers = new Set<NodeJS.Timeout>();
  let tick = 0;

  for (let i = 1; i <= 4; i++)
    put({
      id: `outside-${i}`,
      kind: "outside",
      number: `1390000000${i}`,
      name: `Caller ${i}`,
      state: "idle",
    });
  ["Reception", "Anna Weber", "Li Wei", "Kim Minjun"].forEach((name, i) =>
    put({
      id: `phone-5/${i + 1}`,
      kind: "phone",
      number: `20${i + 1}`,
      name,
      line: `5/${i + 1}`,
      state: "idle",
    }),
  );

  function put(station: StationView): StationView {
    stations.set(station.id, station);
    emitter.emit(station);
    return station;
  }
  function change(id: string, state: StationView["state"], other?: string): StationView | undefined {
    const before = stations.get(id);
    if (before === undefined) return undefined;
    const { with: _with, cause: _cause, ...rest } = before;
    return put({ ...rest, state, ...(other === undefined ? {} : { with: other }) });
  }
  const later = (ms: number, work: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      work();
    }, ms);
    timers.add(timer);
  };

  // What nobody else says: 425 Hz while it rings, a prompt of 620 Hz once connected.
  const sound = setInterval(() => {
    tick += 1;
    for (const [id, ear] of ears) {
      const station = stations.get(id);
      if (station === undefined || peers.has(id)) continue;
      const hz =
        station.state === "ringback" || station.state === "dialling"
          ? 425
          : station.state === "connected"
            ? 620
            : 0;
      if (hz === 0) continue;
      ear(
        Int16Array.from(
          { length: block },
          (_, i) => 6000 * Math.sin((2 * Math.PI * hz * (tick * block + i)) / 8000),
        ),
      );
    }
  }, 20);

  function hangUp(id: string): StationView | undefined {
    const peer = peers.get(id);
    peers.delete(id);
    if (peer !== undefined) {
      peers.delete(peer);
      change(peer, "busy");
    }
    return change(id, "idle");
  }
  function lift(id: string): StationView | undefined {
    const caller = [...stations.values()].find(
      (one) => one.kind === "outside" && one.state === "connected" && !peers.has(one.id),
    );
    if (stations.get(id)?.state !== "ringing" || caller === undefined) return change(id, "dialling");
    peers.set(id, caller.id);
    peers.set(caller.id, id);
    return change(id, "connected", caller.number);
  }
  return {
    events: emitter,
    list: () => [...stations.values()],
    act(id, action) {
      const station = stations.get(id);
      if (station === undefined) return undefined;
      switch (action.action) {
        case "dial":
          later(700, () => stations.get(id)?.state === "ringback" && change(id, "connected", action.number));
          return change(id, "ringback", action.number);
        case "press":
          if (action.digits === "1" && !peers.has(id))
            later(500, () => change("phone-5/2", "ringing", station.number));
          return station;
        case "lift":
          return lift(id);
        case "hang-up":
          return hangUp(id);
        case "flash":
          return station;
      }
    },
    attach(id, ear) {
      ears.set(id, ear);
      return {
        say(samples) {
          const peer = peers.get(id);
          if (peer !== undefined) ears.get(peer)?.(samples);
        },
        detach() {
          if (ears.get(id) === ear) ears.delete(id);
        },
      };
    },
    close() {
      clearInterval(sound);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
