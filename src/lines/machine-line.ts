// Runs a pure line machine: one input after another, the effects of each in order, waiting where audio must.
import { createSequence } from "./sequence.ts";

interface Step<State, Effect> {
  readonly state: State;
  readonly effects: readonly Effect[];
}

export interface MachineRunner<State, Input> {
  readonly state: State;
  /** Safe to call from within an effect: it is taken after those of the present input. */
  input(input: Input): void;
  /** Nothing more is executed. */
  stop(): void;
}

export function createRunner<State, Input, Effect>(options: {
  readonly initial: State;
  readonly next: (state: State, input: Input) => Step<State, Effect>;
  /** A promise holds up the effects that follow; any other result is ignored. */
  readonly execute: (effect: Effect) => unknown;
  readonly onError: (error: unknown) => void;
  /** Told after the effects of an input. */
  readonly settled: () => void;
}): MachineRunner<State, Input> {
  const effects = createSequence(options.onError);
  const inputs: Input[] = [];
  let state = options.initial;
  let running = false;
  return {
    get state() {
      return state;
    },
    input(input) {
      inputs.push(input);
      if (running) return;
      running = true;
      for (let next = inputs.shift(); next !== undefined; next = inputs.shift()) {
        const step = options.next(state, next);
        state = step.state;
        for (const effect of step.effects) effects.push(() => options.execute(effect));
        effects.push(options.settled);
      }
      running = false;
    },
    stop: () => effects.stop(),
  };
}
