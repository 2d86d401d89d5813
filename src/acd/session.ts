// One caller in a queue: hears music and the place in line, and is joined with the agent who answers.
import type { Call, Handler } from "../calls/call.ts";
import { cause, type HandlerEvent } from "../calls/state.ts";
import type { Queue } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { QueueLeaveReason } from "../shared/journal.ts";
import type { Unstamped } from "./decide.ts";
import { positionItems } from "./announcement.ts";

export interface Session {
  /** Takes the call over: in line, with music, answered now or by the agent. */
  begin(): void;
  /** Rings the agent's phone for this offer. */
  offer(offer: string, agent: string, extension: string): void;
  /** The offer is off: its phone stops ringing. */
  withdraw(offer: string): void;
  connect(offer: string): void;
  /** The queue is done with the call, which it gives back. */
  leave(): Call;
}

export interface SessionOptions {
  readonly call: Call;
  readonly clock: Clock;
  readonly queue: Queue;
  /** 1 and up; 0 when the call does not wait any more. */
  readonly position: () => number;
  readonly give: (command: Unstamped) => void;
}

export function createQueuedCall({ call, clock, queue, position, give }: SessionOptions): Session {
  /** Legs that ring, by offer, and offers by leg. */
  const ringing = new Map<string, string>();
  const offerOf = (leg: string): string | undefined => [...ringing].find(([, own]) => own === leg)?.[0];
  let connected = false;
  let announcing: Cancel = () => undefined;
  let unanswered: Cancel = () => undefined;

  const failed = (offer: string, why: number): void =>
    give({ type: "offer-failed", call: call.id, offer, reason: reasonOf(why) });

  const quit = (): void => {
    announcing();
    unanswered();
  };

  const left = (reason: QueueLeaveReason): void => give({ type: "leave", call: call.id, reason });

  const handler: Handler = {
    phase: "waiting",
    where: queue.id,
    event(event: HandlerEvent) {
      switch (event.type) {
        case "leg-answered": {
          const offer = offerOf(event.leg);
          if (offer !== undefined) return give({ type: "accept", call: call.id, offer });
          // Lifted too late: the call is another's by now.
          return call.drop(event.leg, cause.normal);
        }
        case "leg-failed": {
          const offer = offerOf(event.leg);
          if (offer !== undefined) failed(offer, event.cause);
          return;
        }
        case "leg-left":
          call.unhandle(handler);
          return left(event.how === "hung-up" ? "completed-by-caller" : event.how);
        case "leg-alerting":
        case "digit":
        case "digit-begin":
          return;
      }
    },
    dropped(reason) {
      quit();
      if (reason.type === "redirected") left("transferred-blind");
      else if (!connected) left("abandoned");
      else left(reason.by === "caller" ? "completed-by-caller" : "completed-by-agent");
    },
  };

  const announce = (): void => {
    const items = positionItems(position());
    const music = (): void => {
      if (!connected) call.music(queue.music);
    };
    if (items.length === 0) music();
    else {
      const saying = call.say(items);
      // Only when it was heard to its end: else the caller is in other hands by now.
      void saying.finished.then((end) => {
        if (end === "end" || end === "error") music();
      });
    }
    if (queue.announceEverySeconds > 0) announcing = clock.after(queue.announceEverySeconds * 1000, announce);
  };

  return {
    begin() {
      call.listen();
      call.handle(handler);
      call.music(queue.music);
      const { answerAfterSeconds: limit } = queue;
      if (limit > 0) unanswered = clock.after(limit * 1000, () => call.answer());
      if (queue.announceEverySeconds > 0) announcing = clock.after(firstAnnouncementMs, announce);
    },
    offer(offer, agent, extension) {
      const made = call.dial({ extension }, "offer", { role: "agent", agent });
      if ("cause" in made) return failed(offer, made.cause);
      ringing.set(offer, made.leg);
    },
    withdraw(offer) {
      const leg = ringing.get(offer);
      ringing.delete(offer);
      if (leg !== undefined) call.drop(leg, cause.normal);
    },
    connect(offer) {
      const leg = ringing.get(offer);
      if (leg === undefined) return;
      ringing.clear();
      connected = true;
      quit();
      call.join(leg);
    },
    leave() {
      quit();
      call.unhandle(handler);
      return call;
    },
  };
}

/** Whoever is connected at once need not hear a place in line. */
const firstAnnouncementMs = 3000;

function reasonOf(why: number): "no-answer" | "busy" | "rejected" | "failed" {
  switch (why) {
    case cause.busy:
    case cause.noCircuit:
      return "busy";
    case cause.rejected:
      return "rejected";
    case cause.noAnswer:
    case cause.normal:
      return "no-answer";
    default:
      return "failed";
  }
}
