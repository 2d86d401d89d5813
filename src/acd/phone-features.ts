// What agents do by dialling a code at a phone: log in with number and PIN, log out, pause, be ready.
import type { Call } from "../calls/call.ts";
import { createDialogue, type Dialogue } from "../calls/dialogue.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { FeatureCodes, Settings } from "../config/settings.ts";
import type { Clock } from "../shared/clock.ts";
import type { Logger } from "../shared/log.ts";
import type { Acd } from "./acd.ts";

export interface FeatureDeps {
  readonly acd: Acd;
  readonly clock: Clock;
  readonly log: Logger;
  readonly agents: () => Settings["agents"];
  readonly verifyPin: (pin: string, hash: string) => Promise<boolean>;
  /** The telephone of an agent stays lifted. */
  readonly hold: (call: Call) => void;
}

const attempts = 3;

/**
 * Takes the call of a phone that dialled a feature code; in the end it is hung up, or becomes a seat.
 * @param about the reason of a pause, the wrap-up code
 */
export function runFeature(
  call: Call,
  feature: keyof FeatureCodes,
  about: string | undefined,
  deps: FeatureDeps,
): void {
  const extension = call.line.extension;
  if (extension === undefined) return call.end(cause.notAllowed);
  call.confidential = true;
  const dialogue = createDialogue(call, feature, deps.clock);
  dialogue.begin();
  if (feature === "agentLogIn") return logIn(call, extension, dialogue, deps);
  const agent = deps.acd.agentAt(extension);
  if (agent === undefined) return dialogue.finish({ prompt: "agent-incorrect" });
  switch (feature) {
    case "agentLogOut":
      deps.acd.logOut(agent, "phone");
      return dialogue.finish({ prompt: "agent-loggedoff" });
    case "agentPause":
      deps.acd.pause(agent, about ?? "phone", "phone");
      return dialogue.finish({ prompt: "agent-paused" });
    case "agentCode":
      try {
        deps.acd.code(agent, about ?? "", "phone");
        return dialogue.finish({ prompt: "agent-coded" });
      } catch {
        return dialogue.finish({ prompt: "agent-incorrect" });
      }
    case "agentReady":
      deps.acd.ready(agent, "phone");
      return dialogue.finish({ prompt: "agent-ready" });
    default:
      return call.end(cause.invalidNumber);
  }
}

function logIn(
  call: Call,
  extension: string,
  dialogue: Dialogue,
  { acd, agents, verifyPin, hold, log }: FeatureDeps,
): void {
  let tries = 0;
  const refuse = (): void => {
    tries += 1;
    if (tries >= attempts) dialogue.finish({ prompt: "agent-incorrect" });
    else askNumber([{ prompt: "agent-incorrect" }]);
  };
  const accept = (number: string): void => {
    try {
      acd.logIn(number, extension, "phone");
    } catch (error) {
      // At another telephone than the agent's own.
      log.info({ err: error, agent: number, extension }, "a log-in was refused");
      return dialogue.finish({ prompt: "agent-incorrect" });
    }
    if (agents().find((one) => one.number === number)?.offHook !== true)
      return dialogue.finish({ prompt: "agent-loginok" });
    void call.say([{ prompt: "agent-loginok" }]).finished.then((end) => {
      if (end === "end" || end === "error") hold(call);
    });
  };
  const askNumber = (before: readonly SayItem[]): void =>
    dialogue.ask([...before, { prompt: "agent-user" }], (number) => {
      const agent = agents().find((one) => one.number === number);
      if (agent === undefined) return refuse();
      const { pinHash } = agent;
      if (pinHash === undefined) return accept(number);
      dialogue.ask([{ prompt: "agent-pass" }], (pin) => {
        verifyPin(pin, pinHash)
          .then((right) => (right ? accept(number) : refuse()))
          .catch((error: unknown) => {
            log.error({ err: error, agent: number }, "a PIN could not be checked");
            refuse();
          });
      });
    });
  askNumber([]);
}
