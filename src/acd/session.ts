// One caller in a queue: hears music and the place in line, and is joined with the agent who answers.
import type { Call, Handler } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { cause, type HandlerEvent } from "../calls/state.ts";
import type { Destination, Queue } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import type { GivenUpReason, QueueLeaveReason } from "../shared/journal.ts";
import type { Unstamped } from "./decide.ts";
import { heldItems, positionItems, servingItems } from "./announcement.ts";
import { askForCallback, type CallbackKey } from "./callback-key.ts";

export interface QueuedCallSession extends Session {
  /** Takes the call over: in line, with music, answered now or by the agent. */
  begin(): void;
  /** The call was in this queue when the program died: it waits on, or talks on with its agent. */
  goOn(): void;
}

export interface Session {
  /** Rings the agent's phone for this offer. */
  offer(offer: string, agent: string, extension: string): void;
  /** The offer is off: its phone stops ringing. */
  withdraw(offer: string): void;
  connect(offer: string, agent: string, waitedMs: number): void;
  /** The caller is to be sent on for this reason, and may be called back instead; none of a callback. */
  ask(reason: GivenUpReason): void;
  /** The queue is done with the call, which it gives back; none of a callback. */
  leave(): Call | undefined;
}

export interface SessionOptions {
  readonly call: Call;
  readonly clock: Clock;
  readonly queue: Queue;
  /** 1 and up; 0 when the call does not wait any more. */
  readonly position: () => number;
  /** How long the wait will go on, ms, as far as that can be known. */
  readonly estimate: () => number | undefined;
  readonly give: (command: Unstamped) => void;
  /** Sends the caller on, who has pressed a key for that. */
  readonly exit: (to: Destination) => void;
  /** May the box dial this number, as a callback would? */
  readonly mayCallBack: (number: string) => boolean;
  /** A new callback's name. */
  readonly newId: () => string;
}

export function createQueuedCall({
  call,
  clock,
  queue,
  position,
  estimate,
  give,
  exit,
  mayCallBack,
  newId,
}: SessionOptions): QueuedCallSession {
  /** Legs that ring, by offer. */
  const ringing = new Map<string, string>();
  const offerOf = (leg: string): string | undefined => [...ringing].find(([, own]) => own === leg)?.[0];
  let connected = false;
  /** The agent's leg, while both are told about each other. */
  let joining: string | undefined;
  let announcing: Cancel = () => undefined;
  let announced = 0;
  /** The place in line that the caller was told last; 0: none. */
  let placeSaid = 0;
  let unanswered: Cancel = () => undefined;
  let silent: Cancel = () => undefined;

  const failed = (offer: string, why: number): void =>
    give({ type: "offer-failed", call: call.id, offer, reason: reasonOf(why) });

  let asking: CallbackKey | undefined;
  /** When the caller has chosen no callback. */
  let waitOn: () => void;
  const quit = (): void => {
    announcing();
    unanswered();
    silent();
    asking?.stop();
    asking = undefined;
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
          // Hung up before a word was said.
          if (event.leg === joining) return call.end(cause.normal, "called");
          const offer = offerOf(event.leg);
          if (offer !== undefined) failed(offer, event.cause);
          return;
        }
        case "leg-left":
          call.unhandle(handler);
          call.keep(false);
          if (event.how === "alone") return left("completed-by-agent");
          return left(event.how === "hung-up" ? "completed-by-caller" : event.how);
        case "escalate":
          if (queue.experts !== undefined) call.give({ queue: queue.experts }, "box", "escalated");
          return;
        case "digit":
          return press(event.digit);
        case "leg-alerting":
        case "leg-digit":
        case "digit-begin":
          return;
      }
    },
    dropped(reason) {
      quit();
      joining = undefined;
      if (reason.type === "redirected") left("transferred-blind");
      else if (!connected) left("abandoned");
      else left(reason.by === "caller" ? "completed-by-caller" : "completed-by-agent");
    },
  };

  const music = (): void => {
    if (!connected && asking === undefined) call.music(queue.music);
  };

  /** At any moment, whatever is said just now. */
  const press = (key: string): void => {
    if (connected) return;
    if (asking !== undefined) return asking.digit(key);
    const own = queue.keys.find((one) => one.key === key);
    if (own !== undefined) {
      quit();
      exit(own.to);
      return left("key");
    }
    if (key === queue.callback?.key) askCallback(queue.callback);
  };

  const askCallback = ({ tries, keepHours }: NonNullable<Queue["callback"]>): void => {
    announcing();
    const back = (): void => {
      asking = undefined;
      waitOn();
    };
    asking = askForCallback({
      call,
      clock,
      may: mayCallBack,
      back,
      done(number) {
        const keepMs = keepHours * 3_600_000;
        give({ type: "request-callback", call: call.id, callback: newId(), number, tries, keepMs });
      },
    });
  };

  waitOn = () => {
    music();
    again();
  };

  const again = (): void => {
    if (queue.announceEverySeconds > 0) announcing = clock.after(queue.announceEverySeconds * 1000, announce);
  };

  const placeItems = (place: number): readonly SayItem[] => {
    const { announcePlace, announceUpTo, announceWait } = queue;
    const news = placeSaid === 0 || announcePlace === "always";
    const closer = announcePlace === "when-closer" && place < placeSaid;
    if (!(news || closer) || (announceUpTo > 0 && place > announceUpTo)) return [];
    placeSaid = place;
    return positionItems(place, announceWait ? estimate() : undefined);
  };

  const announce = (): void => {
    const place = position();
    const offer = queue.callback === undefined ? [] : [{ prompt: `queue-callback-${queue.callback.key}` }];
    const inTurn = queue.messages[announced++ % queue.messages.length];
    const message = inTurn === undefined ? [] : [inTurn];
    const items = place > 0 ? [...placeItems(place), ...message, ...offer] : [];
    if (items.length === 0) music();
    else {
      const saying = call.say(items);
      // Only when it was heard to its end: else the caller is in other hands by now.
      void saying.finished.then((end) => {
        if (end === "end" || end === "error") music();
      });
    }
    again();
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
    goOn() {
      call.goOn(handler);
      const { talk, consult, legs } = call.state;
      connected = talk !== null || consult !== null;
      if (connected) return;
      // Whoever was just being told of the other one is not told again.
      const answered = Object.values(legs).find((leg) => leg.purpose === "offer");
      if (answered !== undefined) {
        connected = true;
        return call.join(answered.id);
      }
      call.music(queue.music);
      if (queue.announceEverySeconds > 0) announcing = clock.after(firstAnnouncementMs, announce);
    },
    offer(offer, agent, extension) {
      const made = call.dial({ extension }, "offer", { role: "agent", agent });
      if ("cause" in made) return failed(offer, made.cause);
      ringing.set(offer, made.leg);
    },
    ask(reason) {
      waitOn = () => left(reason);
      if (queue.callback === undefined) return waitOn();
      // Who dials the number just now goes on with that.
      if (asking !== undefined) return;
      call.answer();
      askCallback(queue.callback);
    },
    withdraw(offer) {
      const leg = ringing.get(offer);
      ringing.delete(offer);
      if (leg !== undefined) call.drop(leg, cause.normal);
    },
    connect(offer, agent, waitedMs) {
      const leg = ringing.get(offer);
      if (leg === undefined) return;
      ringing.clear();
      connected = true;
      quit();
      if (queue.rating !== undefined) call.keep(true);
      const toCaller = queue.announceAgent ? servingItems(agent) : [];
      const toAgent = heldItems(queue, waitedMs);
      const silentMs = queue.joinAfterSeconds * 1000;
      if (toCaller.length + toAgent.length + silentMs === 0) return call.join(leg);
      joining = leg;
      call.answer();
      const done: Promise<unknown>[] = [
        ...(toCaller.length > 0 ? [call.say(toCaller).finished] : []),
        ...(toAgent.length > 0 ? [call.sayTo(leg, toAgent).finished] : []),
      ];
      if (silentMs > 0) done.push(new Promise<void>((resolve) => (silent = clock.after(silentMs, resolve))));
      void Promise.all(done).then(() => {
        if (joining !== leg) return;
        joining = undefined;
        call.join(leg);
      });
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

export function reasonOf(why: number): "no-answer" | "busy" | "rejected" | "failed" {
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
