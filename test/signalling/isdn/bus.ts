// A BRI bus: our network's side and several terminals of ours on one wire, on one test clock.
import type { DChannelOptions } from "../../../src/signalling/isdn/types.ts";
import { createTestClock, type TestClock } from "../../support/test-clock.ts";
import { createEndpoint, seeded, type Endpoint } from "./joined.ts";

export interface Bus {
  readonly clock: TestClock;
  readonly network: Endpoint;
  readonly terminals: readonly Endpoint[];
  /** Terminals that are plugged in. */
  readonly plugged: boolean[];
  /** Chance that a frame gets lost, for each receiver of its own. */
  loss: number;
}

/** All terminals hear what the network sends, the network hears each of them; they do not hear each other. */
export function createBus(
  tei: readonly DChannelOptions["tei"][],
  options: {
    readonly network?: Partial<DChannelOptions>;
    readonly seed?: number;
    readonly saved?: boolean;
  } = {},
): Bus {
  const clock = createTestClock();
  const random = seeded(options.seed ?? 1);
  const lost = (): boolean => random() < bus.loss;
  const bus: Bus = {
    clock,
    network: createEndpoint(
      { side: "network", interface: "BRI", topology: "multipoint", ...options.network },
      clock,
      (frame) => {
        for (const [i, terminal] of bus.terminals.entries())
          if (!lost())
            clock.after(1, () => bus.plugged[i] === true && terminal.input({ type: "frame", frame }));
      },
      options.saved,
    ),
    terminals: tei.map((each, i) =>
      createEndpoint(
        { side: "user", interface: "BRI", topology: "multipoint", tei: each ?? "automatic", seed: i + 1 },
        clock,
        (frame) => {
          if (bus.plugged[i] === true && !lost())
            clock.after(1, () => bus.network.input({ type: "frame", frame }));
        },
        options.saved,
      ),
    ),
    plugged: tei.map(() => true),
    loss: 0,
  };
  bus.network.input({ type: "layer1", up: true });
  for (const terminal of bus.terminals) terminal.input({ type: "layer1", up: true });
  clock.advanceSync(100);
  return bus;
}

export const called = { digits: "200", type: "unknown", plan: "unknown" } as const;

export function offer({ network, clock }: Bus, call = "c"): void {
  network.request({ type: "SetupRequest", call, called });
  clock.advanceSync(20);
}
