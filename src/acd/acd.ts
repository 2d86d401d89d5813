// The one executor of distribution: turns what happens to calls and phones into commands, writes every event
// to the journal, and does what the events say: ring the agent, join, let go, send the caller on.
import type { Call } from "../calls/call.ts";
import { cause } from "../calls/state.ts";
import type { Destination, Queue, Settings } from "../config/settings.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { createEmitter } from "../shared/events.ts";
import { createNote, type Journal } from "../shared/journal.ts";
import { localMidnight } from "../shared/local-time.ts";
import type { Logger } from "../shared/log.ts";
import type { GoingOn } from "./commands.ts";
import { nextDue, positionOf, step, waitOf, type AcdCommand, type Unstamped } from "./decide.ts";
import type { AcdEvent } from "./evolve.ts";
import { createCallbackSession, type CallbackDeps } from "./callback-session.ts";
import { createFamiliar, type KeptFamiliar } from "./familiar.ts";
import { liveAgent, liveQueue } from "./live-view.ts";
import type { LiveAcd, LiveAcdEvent } from "./live.ts";
import { createQueuedCall, type QueuedCallSession, type Session } from "./session.ts";
import { agentOptions, givenUp, queueOptions, type GivenUp } from "./options.ts";
import { askRating } from "./rating.ts";
import { restore } from "./restore.ts";
import type { AcdState, AgentState, Phone } from "./state.ts";
import { byName, get, values } from "./tree.ts";

export type AcdSettings = Pick<
  Settings,
  "appliance" | "queues" | "agents" | "extensions" | "pauseReasons" | "wrapUpCodes"
>;

/** Distribution as it was kept. Plain JSON. */
export interface KeptAcd {
  readonly state: AcdState;
  readonly familiar: KeptFamiliar;
}

export interface AcdHistory {
  readonly kept?: KeptAcd;
  /** All, or those after `kept`; oldest first. */
  readonly events: Iterable<AcdEvent>;
}

export interface AcdDeps {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly log: Logger;
  readonly settings: () => AcdSettings;
  /** What an extension's phone is doing now. */
  readonly phoneOf: (extension: string) => Phone;
  /** What distribution wrote into the journal before; agents stay logged in over a restart. */
  readonly history?: AcdHistory;
  /** Calls of an earlier run that go on: those in a queue keep their place there, or their agent. */
  readonly goingOn?: readonly Call[];
  /** Sends a caller where a key leads who has pressed it. */
  readonly enter: (call: Call, to: Destination) => void;
  /** What callbacks need, and whether the box may dial a number for one. */
  readonly callbacks: Pick<CallbackDeps, "ringAgent" | "begin"> & {
    readonly newId: () => string;
    may(dialled: string): boolean;
  };
  /** Whether a schedule is open now. */
  readonly isOpen: (schedule: string) => boolean;
  /** A queue has given a caller up. The call is the taker's. */
  readonly overflow: (call: Call, queue: string, why: GivenUp) => void;
}

export interface Acd extends LiveAcd {
  /** Puts a call in line; the queue handles it from now on. False when there is no such queue. */
  enter(call: Call, queue: string, priority?: number): boolean;
  /** Whether the call is in a queue, or with an agent of one. */
  has(call: Call): boolean;
  /** Takes the settings over as they are now. */
  configure(): void;
  /** An extension's phone is used, free again, or does not work. */
  phone(extension: string, phone: Phone): void;
  /** The agent who is logged in at this extension. */
  agentAt(extension: string): string | undefined;
  /** For tests: the state as it is. */
  state(): AcdState;
  /** As it is, to be gone on with; of whom spoke with whom what happened since a moment. */
  keep(since: number): KeptAcd;
  close(): void;
}

export function createAcd(deps: AcdDeps): Acd {
  const { clock, journal, log, settings, phoneOf, overflow } = deps;
  const note = createNote(journal, clock);
  const events = createEmitter<LiveAcdEvent>((error) => log.error({ err: error }, "live queue listener"));
  const sessions = new Map<string, Session>();
  /** Where callers go who have pressed a key. */
  const exits = new WeakMap<Call, Destination>();
  const commands: AcdCommand[] = [];
  const { kept, events: past } = deps.history ?? { events: [] };
  const familiar = createFamiliar(kept?.familiar);
  const { goingOn = [] } = deps;
  const restored = restore(familiar.watch(past), clock.now(), kept?.state, goingOn.map(goingOnOf));
  let { state } = restored;
  let running = false;
  let timer: Cancel = () => undefined;

  const give = (command: Unstamped): void => {
    commands.push({ ...command, at: clock.now() });
    if (running) return;
    running = true;
    try {
      for (let next = commands.shift(); next !== undefined; next = commands.shift()) carryOut(next);
    } finally {
      running = false;
    }
    timer();
    const due = nextDue(state);
    if (due !== undefined) timer = clock.after(Math.max(1, due - clock.now()), () => give({ type: "tick" }));
  };

  const carryOut = (command: AcdCommand): void => {
    const decision = step(state, command);
    state = decision.state;
    for (const event of decision.events) {
      journal.append(event);
      familiar.take(event);
    }
    for (const event of decision.events) {
      try {
        act(event);
      } catch (error) {
        log.error({ err: error, event }, "carrying out a decision failed");
      }
    }
    publish(decision.events);
  };

  const act = (event: AcdEvent): void => {
    if (event.type === "callback.failed") sessions.delete(event.callback);
    if (!("call" in event)) return;
    const session = sessions.get(event.call) ?? callback(event.call);
    switch (event.type) {
      case "queue.offered": {
        const agent = get(state.agents, byName(event.agent));
        return session?.offer(event.offer, event.agent, agent?.extension ?? "");
      }
      case "queue.ring-no-answer":
      case "queue.ring-cancelled":
        return session?.withdraw(event.offer);
      case "queue.connected":
        return session?.connect(event.offer, event.agent, event.waitedMs);
      case "queue.asked":
        return session?.ask(event.reason);
      case "queue.left": {
        sessions.delete(event.call);
        const call = session?.leave();
        if (call === undefined) return;
        const to = exits.get(call);
        if (event.reason === "key" && to !== undefined) deps.enter(call, to);
        else if (event.reason === "callback") thank(call);
        else if (event.reason === "completed-by-agent") rate(call, event.queue, event.agent ?? "");
        else {
          const why = givenUp(event.reason);
          if (why !== undefined) overflow(call, event.queue, why);
        }
        return;
      }
      case "queue.entered":
      case "queue.prioritised":
      case "queue.widened":
      case "queue.ring-limit":
      case "agent.wrap-up":
        return;
    }
  };

  /** Whoever is still there when the agent has hung up is so to be asked. */
  const rate = (call: Call, queue: string, agent: string): void => {
    const rating = settings().queues.find(({ id }) => id === queue)?.rating;
    if (call.state.ended !== null || call.state.talk !== null || rating === undefined) return;
    const { highest } = rating;
    askRating(call, clock, highest, (score) =>
      note({ type: "call.rated", call: call.id, score, highest, agent, queue }),
    );
  };

  /**
   * A callback is nobody's until an agent is rung for it.
   * @param talk of an earlier run, that goes on
   */
  const callback = (id: string, talk?: Call): Session | undefined => {
    const waiting = get(state.calls, byName(id));
    if (waiting?.callback == null) return undefined;
    const { number } = waiting.callback;
    const own = settings().queues.find((queue) => queue.id === waiting.queue)?.callback;
    const session = createCallbackSession(
      {
        ...deps.callbacks,
        begin(leg, called, agent) {
          const call = deps.callbacks.begin(leg, called, agent);
          familiar.speaks(agent, { call: call.id, queue: waiting.queue });
          return call;
        },
        clock,
        give,
        callback: id,
        number,
        dialled: `${own?.prefix ?? ""}${number}`,
        retryMs: (own?.retryMinutes ?? 10) * 60_000,
        skipMachines: own?.skipMachines ?? false,
      },
      talk,
    );
    const agent = talk && agentIn(talk);
    if (talk !== undefined && agent !== undefined)
      familiar.speaks(agent, { call: talk.id, queue: waiting.queue });
    sessions.set(id, session);
    return session;
  };

  /** Each queue and agent that the events touched, once. */
  const publish = (happened: readonly AcdEvent[]): void => {
    const queues = new Set<string>();
    const agents = new Set<string>();
    for (const event of happened) {
      if ("queue" in event) queues.add(event.queue);
      if (event.type === "acd.configured") for (const { number } of event.agents) agents.add(number);
      if ("agent" in event) agents.add(event.agent);
    }
    for (const number of agents) {
      const agent = get(state.agents, byName(number));
      if (agent === undefined) continue;
      events.emit({ type: "agent", agent: liveAgent(agent) });
      for (const { queue } of agent.memberships) queues.add(queue);
    }
    for (const id of queues) {
      const queue = state.queues[id];
      if (queue !== undefined) events.emit({ type: "queue", queue: liveQueue(state, queue, nameOf(id)) });
    }
  };

  const nameOf = (queue: string): string => settings().queues.find((one) => one.id === queue)?.name ?? queue;

  const known = (number: string): AgentState => {
    const agent = get(state.agents, byName(number));
    if (agent === undefined) throw new CallboxError("ERR_AGENT_UNKNOWN", { detail: number });
    return agent;
  };
  const present = (number: string): void => {
    if (known(number).extension === null) throw new CallboxError("ERR_AGENT_LOGGED_OUT", { detail: number });
  };

  const queuedCall = (call: Call, queue: Queue): QueuedCallSession => {
    const session = createQueuedCall({
      call,
      clock,
      queue,
      position: () => positionOf(state, call.id),
      estimate: () => waitOf(state, call.id),
      give,
      exit: (to) => exits.set(call, to),
      mayCallBack: (number) => deps.callbacks.may(`${queue.callback?.prefix ?? ""}${number}`),
      newId: () => deps.callbacks.newId(),
    });
    sessions.set(call.id, session);
    return session;
  };

  const configure = (): void => {
    const { queues, agents } = settings();
    give({ type: "configure", queues: queues.map(queueOptions), agents: agents.map(agentOptions) });
  };
  for (const event of restored.events) {
    journal.append(event);
    familiar.take(event);
  }
  // Before anybody is rung for them.
  for (const call of goingOn) {
    const queue = settings().queues.find(({ id }) => id === get(state.calls, byName(call.id))?.queue);
    if (queue !== undefined) queuedCall(call, queue).goOn();
    const activity = get(state.agents, byName(agentIn(call) ?? ""))?.activity;
    if (activity?.type === "on-call" && activity.call !== call.id) callback(activity.call, call);
  }
  for (const { extension } of values(state.agents))
    if (extension !== null) give({ type: "phone", extension, phone: phoneOf(extension) });
  configure();
  let midnight: Cancel = () => undefined;
  const newDay = (): void => {
    const { timeZone } = settings().appliance;
    const today = localMidnight(clock.now(), timeZone);
    if ((state.dayBegan ?? 0) < today) give({ type: "begin-day" });
    // A day has 23 to 25 hours: so much after its beginning it is the next one's early morning.
    const next = localMidnight(today + 26 * 3_600_000, timeZone);
    midnight = clock.after(Math.max(1000, next - clock.now()), newDay);
  };
  newDay();

  return {
    events,
    configure,
    queues: () =>
      Object.values(state.queues).map((queue) => liveQueue(state, queue, nameOf(queue.options.id))),
    agents: () => [...values(state.agents)].map(liveAgent),
    enter(call, queue, priority = call.priority) {
      const options = settings().queues.find((one) => one.id === queue);
      if (options === undefined || state.queues[queue] === undefined) return false;
      queuedCall(call, options).begin();
      // The caller may have hung up while the queue took over.
      if (call.state.ended === null)
        give({
          type: "enter",
          call: call.id,
          queue,
          caller: call.state.caller,
          priority,
          ...familiar.agentOf(call.state.caller.number),
          ...(options.schedule === undefined || deps.isOpen(options.schedule) ? {} : { closed: true }),
        });
      else sessions.delete(call.id);
      return true;
    },
    has: (call) => sessions.has(call.id),
    phone: (extension, phone) => give({ type: "phone", extension, phone }),
    agentAt: (extension) => get(state.seats, byName(extension)),
    logIn(agent, extension, by) {
      known(agent);
      if (!settings().extensions.some((one) => one.number === extension))
        throw new CallboxError("ERR_EXTENSION_UNKNOWN", { detail: extension });
      const { seat, startPaused = false } = settings().agents.find((one) => one.number === agent) ?? {};
      if (seat !== undefined && seat !== extension)
        throw new CallboxError("ERR_AGENT_SEAT", { detail: seat });
      give({ type: "log-in", agent, extension, phone: phoneOf(extension), by, paused: startPaused });
    },
    logOut(agent, by) {
      known(agent);
      give({ type: "log-out", agent, by });
    },
    pause(agent, reason, by) {
      present(agent);
      const { pauseReasons } = settings();
      const chosen = pauseReasons.find(({ id }) => id === reason);
      // A phone that dials no reason gives none.
      if (pauseReasons.length > 0 && chosen === undefined && reason !== "" && by !== "phone")
        throw new CallboxError("ERR_PAUSE_REASON", { detail: reason });
      const limit = chosen?.limitMinutes ?? 0;
      give({ type: "pause", agent, reason, by, ...(limit === 0 ? {} : { limitMs: limit * 60_000 }) });
    },
    code(agent, code, by) {
      known(agent);
      const last = familiar.callOf(agent);
      if (last === undefined) throw new CallboxError("ERR_AGENT_NO_CALL", { detail: agent });
      const { call, queue } = last;
      const own = settings().wrapUpCodes.find(({ id }) => id === code);
      if (own === undefined || !(own.queues.length === 0 || own.queues.includes(queue)))
        throw new CallboxError("ERR_WRAP_UP_CODE", { detail: code });
      note({ type: "call.coded", call, code, agent, queue, by });
    },
    ready(agent, by) {
      present(agent);
      give({ type: "ready", agent, by });
    },
    prioritise(call, priority, by) {
      if (positionOf(state, call) === 0) throw new CallboxError("ERR_CALL_UNKNOWN", { detail: call });
      give({ type: "prioritise", call, priority, by });
    },
    state: () => state,
    keep: (since) => ({ state, familiar: familiar.kept(since) }),
    close() {
      timer();
      midnight();
      for (const session of sessions.values()) session.leave();
      sessions.clear();
      events.clear();
    },
  };
}

function goingOnOf(call: Call): GoingOn {
  const agent = agentIn(call);
  return agent === undefined ? { call: call.id } : { call: call.id, agent };
}

/** Who has lifted for a call: talks in it, or is about to. A callback's agent does when its caller has answered. */
function agentIn({ state: { legs, talk, consult } }: Call): string | undefined {
  const reached = talk !== null || consult !== null;
  const own = Object.values(legs).find(
    ({ agent, role, state }) => agent !== undefined && state === "connected" && (role === "agent" || reached),
  );
  return own?.agent;
}

/** The callback is settled already: whoever hangs up now loses nothing. */
function thank(call: Call): void {
  void call.say([{ prompt: "callback-thanks" }]).finished.then(() => call.end(cause.normal));
}
