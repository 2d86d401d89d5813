// The executor of flows: says, listens and waits on a call as the flow's machine says, until the flow is left.
import { whenAudio } from "../calls/audio-wait.ts";
import type { Call, Handler, Saying } from "../calls/call.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import type { Note } from "../shared/journal.ts";
import type { Flow } from "./flow.ts";
import { next, startFlow, type IvrContext, type IvrEffect, type IvrState } from "./machine.ts";
import type { FlowInput, Outcome, ScheduleState } from "./node.ts";

export interface IvrDeps {
  readonly clock: Clock;
  readonly note: Note;
  readonly timeZone: () => string;
  /** Whether a schedule of the settings is open now; `undefined` when there is none of the name. */
  readonly schedule: (id: string) => ScheduleState | undefined;
  /** The flow is through with the call, which is nobody's now. */
  readonly leave: (call: Call, outcome: Outcome) => void;
}

/** Leads it through a flow. A later version of the flow is for later calls. */
export function runFlow(call: Call, flow: Flow, { clock, note, timeZone, schedule, leave }: IvrDeps): void {
  let state: IvrState | undefined;
  let timer: Cancel = () => undefined;
  let saying: Saying | undefined;
  let over = false;
  let unexpect: Unsubscribe = () => undefined;

  const context = (): IvrContext => ({ call: call.id, now: clock.now(), timeZone: timeZone(), schedule });
  const stop = (): void => {
    const old = saying;
    saying = undefined;
    old?.stop();
  };
  const feed = (input: FlowInput): void => {
    if (over || state === undefined) return;
    const step = next(flow, state, input, context());
    state = step.state;
    for (const effect of step.effects) run(effect);
  };

  const run = (effect: IvrEffect): void => {
    if (over) return;
    switch (effect.type) {
      case "say": {
        const own = call.say(
          effect.items,
          effect.language === undefined ? {} : { language: effect.language },
        );
        saying = own;
        void own.finished.then(() => {
          if (saying !== own) return;
          saying = undefined;
          feed({ type: "said" });
        });
        return;
      }
      case "answer":
        return call.answer();
      case "stop":
        return stop();
      case "steer":
        return saying?.steer(effect.how);
      case "timer":
        timer();
        timer = clock.after(effect.ms, () => feed({ type: "timer" }));
        return;
      case "no-timer":
        return timer();
      case "language":
        call.language = effect.language;
        return;
      case "note":
        return note(effect.entry);
      case "leave":
        letGo();
        call.unhandle(handler);
        return leave(call, effect.outcome);
    }
  };

  /** A fax machine that calls is listened for as long as the flow has the call. */
  const expectFax = (): Unsubscribe => {
    let unsubscribe: Unsubscribe = () => undefined;
    const cancel = whenAudio(
      () => call.port(),
      clock,
      (port) => {
        port?.detectFax(true);
        const stop = port?.events.on((event) => {
          if (event.type === "fax-tone" && event.tone === "cng") feed({ type: "fax" });
        });
        unsubscribe = () => {
          stop?.();
          port?.detectFax(false);
        };
      },
    );
    return () => {
      cancel();
      unsubscribe();
    };
  };

  const letGo = (): void => {
    over = true;
    unexpect();
    timer();
    stop();
  };

  const handler: Handler = {
    phase: "menu",
    where: flow.id,
    event(event) {
      if (event.type === "digit-begin") feed({ type: "digit-begin" });
      else if (event.type === "digit") feed({ type: "digit", digit: event.digit });
    },
    dropped: letGo,
  };

  call.listen();
  call.handle(handler);
  if (call.state.ended !== null) return;
  if (flow.fax !== undefined) unexpect = expectFax();
  if (flow.language !== undefined) call.language = flow.language;
  const first = startFlow(flow, context());
  state = first.state;
  for (const effect of first.effects) run(effect);
}
