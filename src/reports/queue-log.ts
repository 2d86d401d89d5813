// The journal as Asterisk's queue_log: epoch|call|queue|agent|event|data…, for programs that read that.
// https://docs.asterisk.org/Configuration/Applications/Call-Queues/Queue-Logs/
import { queueLogNames, type JournalEvent } from "../shared/journal.ts";

export interface QueueLog {
  /** Lines that the event makes, without their ends; events in the journal's order. */
  take(event: JournalEvent): readonly string[];
}

interface Waiting {
  readonly caller: string;
  /** In line when it came. */
  readonly position: number;
}

export function createQueueLog(): QueueLog {
  const inLine = new Map<string, Map<string, Waiting>>();
  const loggedIn = new Map<string, { readonly at: number; readonly extension: string }>();

  const lineOf = (queue: string): Map<string, Waiting> => {
    const line = inLine.get(queue) ?? new Map<string, Waiting>();
    inLine.set(queue, line);
    return line;
  };

  return {
    take(event) {
      const say = (
        call: string,
        queue: string,
        agent: string,
        name: string,
        ...data: readonly (string | number)[]
      ): readonly string[] => [
        [Math.floor(event.at / 1000), call, queue, agent, name, ...data].map(clean).join("|"),
      ];
      switch (event.type) {
        case "queue.entered": {
          const line = lineOf(event.queue);
          const position = line.size + 1;
          line.set(event.call, { caller: event.caller.number, position });
          return say(event.call, event.queue, "NONE", "ENTERQUEUE", "", event.caller.number, position);
        }
        case "queue.connected":
          return say(
            event.call,
            event.queue,
            agentName(event.agent),
            "CONNECT",
            seconds(event.waitedMs),
            event.call,
            seconds(event.ringMs),
          );
        case "queue.ring-no-answer":
          return say(event.call, event.queue, agentName(event.agent), "RINGNOANSWER", event.ringMs);
        case "queue.ring-cancelled":
          return say(event.call, event.queue, agentName(event.agent), "RINGCANCELED", event.ringMs);
        case "queue.left": {
          const { call, queue, reason } = event;
          const waiting = lineOf(queue).get(call);
          lineOf(queue).delete(call);
          const agent = event.agent === undefined ? "NONE" : agentName(event.agent);
          const [hold, talk] = [seconds(event.waitedMs), seconds(event.talkedMs)];
          const origin = waiting?.position ?? event.position;
          // Answered before the box went down: completed, as far as queue_log knows.
          const name =
            reason === "restarted" && event.agent !== undefined ? "COMPLETECALLER" : queueLogNames[reason];
          switch (name) {
            case "COMPLETECALLER":
            case "COMPLETEAGENT":
              return say(call, queue, agent, name, hold, talk, origin);
            case "BLINDTRANSFER":
            case "ATTENDEDTRANSFER":
              return say(call, queue, agent, name, "", "", hold, talk, origin);
            case "EXITWITHKEY":
              return say(call, queue, agent, name, "", event.position, origin, hold);
            default:
              return say(call, queue, agent, name, event.position, origin, hold);
          }
        }
        case "agent.logged-in":
          loggedIn.set(event.agent, { at: event.at, extension: event.extension });
          return say("NONE", "NONE", agentName(event.agent), "AGENTLOGIN", event.extension);
        case "agent.logged-out": {
          const since = loggedIn.get(event.agent);
          loggedIn.delete(event.agent);
          return say(
            "NONE",
            "NONE",
            agentName(event.agent),
            "AGENTLOGOFF",
            since?.extension ?? "",
            since === undefined ? 0 : seconds(event.at - since.at),
          );
        }
        case "agent.paused":
          return say("NONE", "NONE", agentName(event.agent), "PAUSE", event.reason);
        case "agent.ready":
          return say("NONE", "NONE", agentName(event.agent), "UNPAUSE");
        default:
          return [];
      }
    },
  };
}

const agentName = (number: string): string => `Agent/${number}`;
const seconds = (ms: number): number => Math.round(ms / 1000);
/** A field ends at the next `|`, a line at its end. */
const clean = (value: string | number): string => String(value).replace(/[|\r\n]/gu, " ");
