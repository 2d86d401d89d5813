// Who hears whom in one call: two parties joined port to port, and in a conference as soon as a supervisor hears them.
import type { Conference, MediaPort, Part } from "../media/engine.ts";
import type { SuperviseMode } from "../shared/journal.ts";

export interface Supervisor {
  readonly port: MediaPort;
  readonly mode: SuperviseMode;
}

export interface Hearing {
  /** Takes what supervision needs; to be had before anybody is rung for it. @throws ERR_MEDIA_CONFERENCES */
  prepare(): void;
  /** These two are to hear each other, as of the next `supervise`; each is taken out of what it was joined to. */
  talk(a: MediaPort, b: MediaPort): void;
  /** A party hears nobody any more. */
  part(port: MediaPort): void;
  /** Who supervises now, and the port that a whisper is for. */
  supervise(all: readonly Supervisor[], serving: MediaPort | undefined): void;
  /** Gives back what supervision needed: nobody supervises, or is rung for it. */
  release(): void;
}

export function createHearing(openConference: () => Conference): Hearing {
  let conference: Conference | undefined;
  let talking: readonly [MediaPort, MediaPort] | undefined;
  let supervisors: readonly Supervisor[] = [];
  let whisperedTo: MediaPort | undefined;

  const part = (port: MediaPort): void => {
    port.disconnect();
    if (talking?.includes(port) === true) talking = undefined;
  };
  const roleOf = (mode: SuperviseMode): Part => {
    if (mode === "barge") return {};
    return { speaksTo: mode === "whisper" ? (whisperedTo ?? "nobody") : "nobody" };
  };
  const apply = (): void => {
    if (supervisors.length === 0 || conference === undefined) return talking?.[0].connect(talking[1]);
    for (const port of talking ?? []) conference.join(port);
    for (const { port, mode } of supervisors) conference.join(port, roleOf(mode));
  };

  return {
    prepare: () => void (conference ??= openConference()),
    talk: (a, b) => void (talking = [a, b]),
    part,
    supervise(all, serving) {
      for (const { port } of supervisors) {
        // Whoever supervises no longer may be a party by now.
        if (!all.some((one) => one.port === port) && talking?.includes(port) !== true) part(port);
      }
      supervisors = all;
      whisperedTo = serving;
      apply();
    },
    release() {
      void conference?.close();
      conference = undefined;
    },
  };
}
