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
}

const attempts = 3;

/** Takes the call of a phone that dialled a feature code; in the end it is hung up. */
export function runFeature(call: Call, feature: keyof FeatureCodes, deps: FeatureDeps): void {
  const extension = call.line.extension;
  if (extension === undefined) return call.end(cause.notAllowed);
  call.confidential = true;
  const dialogue = createDialogue(call, feature, deps.clock);
  dialogue.begin();
  if (feature === "agentLogIn") return logIn(extension, dialogue, deps);
  const agent = deps.acd.agentAt(extension);
  if (agent === undefined) return dialogue.finish({ prompt: "agent-incorrect" });
  switch (feature) {
    case "agentLogOut":
      deps.acd.logOut(agent, "phone");
      return dialogue.finish({ prompt: "agent-loggedoff" });
    case "agentPause":
      deps.acd.pause(agent, "phone", "phone");
      return dialogue.finish({ prompt: "agent-paused" });
    case "agentReady":
      deps.acd.ready(agent, "phone");
      return dialogue.finish({ prompt: "agent-ready" });
    default:
      return call.end(cause.invalidNumber);
  }
}

function logIn(extension: string, dialogue: Dialogue, { acd, agents, verifyPin, log }: FeatureDeps): void {
  let tries = 0;
  const refuse = (): void => {
    tries += 1;
    if (tries >= attempts) dialogue.finish({ prompt: "agent-incorrect" });
    else askNumber([{ prompt: "agent-incorrect" }]);
  };
  const accept = (number: string): void => {
    acd.logIn(number, extension, "phone");
    dialogue.finish({ prompt: "agent-loginok" });
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
