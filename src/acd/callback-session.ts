// One callback whose turn has come: the agent is rung first, then the caller; both are joined.
import type { Call, Handler } from "../calls/call.ts";
import { cause } from "../calls/state.ts";
import { createTries } from "../calls/tries.ts";
import type { Leg } from "../lines/leg.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { Unsubscribe } from "../shared/events.ts";
import type { QueueLeaveReason } from "../shared/journal.ts";
import type { Unstamped } from "./decide.ts";
import { reasonOf, type Session } from "./session.ts";

export interface CallbackDeps {
  readonly clock: Clock;
  readonly give: (command: Unstamped) => void;
  /** Rings an agent's telephone, which shows the caller's number. `cause` by Q.850 when it cannot be. */
  readonly ringAgent: (extension: string, number: string) => Leg | { readonly cause: number };
  /** Makes a call of the agent's telephone, now that it is lifted. */
  readonly begin: (leg: Leg, number: string, agent: string) => Call;
}

export interface CallbackOptions extends CallbackDeps {
  readonly callback: string;
  /** The caller's, and what is dialled for it. */
  readonly number: string;
  readonly dialled: string;
  readonly retryMs: number;
  /** A machine that answers is no caller: it is tried again. */
  readonly skipMachines: boolean;
}

interface Ringing {
  readonly leg: Leg;
  readonly agent: string;
  readonly stop: Unsubscribe;
}

/** A caller who is rung for longer is not there (T301 is 3 minutes). */
const answerMs = 60_000;

/** @param talk of an earlier run: agent and caller talk in it already */
export function createCallbackSession(options: CallbackOptions, talk?: Call): Session {
  const { callback, number, give, ringAgent, begin } = options;
  const ringing = new Map<string, Ringing>();
  const failed = (offer: string, why: number): void =>
    give({ type: "offer-failed", call: callback, offer, reason: reasonOf(why) });
  if (talk !== undefined) connectCaller(talk, options, true);

  const release = (offer: string): Ringing | undefined => {
    const own = ringing.get(offer);
    ringing.delete(offer);
    own?.stop();
    return own;
  };

  return {
    offer(offer, agent, extension) {
      const leg = ringAgent(extension, number);
      if ("cause" in leg) return failed(offer, leg.cause);
      const stop = leg.events.on((event) => {
        if (event.type === "answered") give({ type: "accept", call: callback, offer });
        if (event.type !== "released") return;
        release(offer);
        failed(offer, event.cause);
      });
      ringing.set(offer, { leg, agent, stop });
    },
    withdraw: (offer) => release(offer)?.leg.release(cause.normal),
    connect(offer) {
      const own = release(offer);
      if (own === undefined) return;
      for (const other of [...ringing.keys()]) release(other)?.leg.release(cause.normal);
      connectCaller(begin(own.leg, number, own.agent), options, false);
    },
    // Nobody is on the line yet.
    ask: () => undefined,
    leave() {
      for (const offer of [...ringing.keys()]) release(offer)?.leg.release(cause.normal);
      return undefined;
    },
  };
}

/** The agent hears the caller being rung, over one trunk group after another; or talks to the caller already. */
function connectCaller(
  call: Call,
  { callback, dialled, retryMs, skipMachines, give, clock }: CallbackOptions,
  talks: boolean,
): void {
  let stage: "ringing" | "answered" | "reached" | "over" = talks ? "reached" : "ringing";
  let stopHearing: Cancel = () => undefined;

  const fail = (why: number, machine = false): void => {
    if (stage === "over") return;
    stage = "over";
    give({
      type: "callback-failed",
      call: callback,
      cause: why,
      retryMs,
      ...(machine ? { machine } : {}),
    });
    if (call.state.ended !== null) return;
    const prompt = machine ? "callback-machine" : "callback-failed";
    void call.say([{ prompt }]).finished.then(() => call.end(cause.normal));
  };
  const reach = (): void => {
    stopHearing();
    if (stage !== "answered") return;
    stage = "reached";
    give({ type: "callback-reached", call: callback });
  };
  const left = (reason: QueueLeaveReason): void => {
    reach();
    if (stage === "over") return;
    stage = "over";
    give({ type: "leave", call: callback, reason });
  };
  const answered = (leg: string): void => {
    stage = "answered";
    if (!skipMachines) return reach();
    stopHearing = call.whoAnswered(leg, (machine) => {
      if (!machine) return reach();
      call.keep(true);
      call.drop(leg, cause.normal);
      fail(cause.noAnswer, true);
    });
  };
  const tries = createTries(call, {
    to: { outside: dialled },
    authority: "box",
    clock,
    answerMs,
    reached: answered,
    failed: (why) => fail(why),
  });

  const handler: Handler = {
    phase: "ringing",
    where: `outside:${dialled}`,
    event(event) {
      tries.take(event);
      if (event.type !== "leg-left") return;
      call.unhandle(handler);
      left(event.how === "hung-up" || event.how === "alone" ? "completed-by-agent" : event.how);
    },
    dropped(reason) {
      tries.stop();
      if (stage === "ringing") fail(reason.type === "ended" ? reason.cause : cause.normal);
      else if (reason.type === "redirected") left("transferred-blind");
      // The call began at the agent's telephone.
      else left(reason.by === "caller" ? "completed-by-agent" : "completed-by-caller");
    },
  };
  if (talks) return call.goOn(handler);
  call.handle(handler);
  if (call.state.ended !== null) return;
  void call.say([{ prompt: "callback-dialling" }]).finished.then(() => {
    if (stage === "ringing" && call.state.ended === null) tries.begin();
  });
}
