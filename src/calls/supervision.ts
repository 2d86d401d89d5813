// The supervisors of one call: their phones are rung, and who hears whom follows what the call machine says.
import type { Conference, MediaPort } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { SuperviseMode } from "../shared/journal.ts";
import { whenAudio } from "./audio-wait.ts";
import type { MadeLeg, NotMade } from "./call.ts";
import { createHearing, type Hearing } from "./hearing.ts";
import type { Supervision as Asked } from "./live.ts";
import { cause, type CallInput, type CallState } from "./state.ts";
import { servingOf, supervisorsOf } from "./supervise.ts";

export interface SupervisionDeps {
  readonly openConference: () => Conference;
  readonly clock: Clock;
  readonly state: () => CallState;
  readonly feed: (input: CallInput) => void;
  readonly media: (leg: string) => MediaPort | undefined;
  /** Rings a supervisor's phone. */
  readonly ring: (extension: string, mode: SuperviseMode) => MadeLeg | NotMade;
}

export interface Supervision extends Pick<Hearing, "talk" | "part"> {
  /** See LiveCalls.supervise. */
  ask(asked: Asked): void;
  /** Supervisors have come, changed or gone. */
  refresh(): void;
  close(): void;
}

export function createSupervision({
  openConference,
  clock,
  state,
  feed,
  media,
  ring,
}: SupervisionDeps): Supervision {
  const hearing = createHearing(openConference);
  let waiting: readonly Cancel[] = [];

  const refresh = (): void => {
    for (const cancel of waiting) cancel();
    const all = supervisorsOf(state());
    if (all.length > 0) hearing.prepare();
    hearing.supervise(
      all.flatMap(({ id, supervises: mode }) => {
        const port = media(id);
        return port === undefined || mode === undefined ? [] : [{ port, mode }];
      }),
      media(servingOf(state())?.id ?? ""),
    );
    if (!Object.values(state().legs).some((leg) => leg.supervises !== undefined)) hearing.release();
    const late = all.filter(({ id }) => media(id) === undefined);
    waiting = late.map(({ id }) =>
      whenAudio(
        () => media(id),
        clock,
        (port) => port !== undefined && refresh(),
      ),
    );
  };

  return {
    refresh,
    part: (port) => hearing.part(port),
    talk(a, b) {
      hearing.talk(a, b);
      refresh();
    },
    ask({ extension, mode, by }) {
      const own = Object.values(state().legs).find(
        (leg) => leg.supervises !== undefined && leg.extension === extension,
      );
      if (mode === "end" || mode === "take-over") {
        if (own === undefined || (mode === "take-over" && own.state !== "connected"))
          throw new CallboxError("ERR_SUPERVISION", { detail: `${extension} does not supervise this call` });
        return feed(
          mode === "end"
            ? { type: "drop", leg: own.id, cause: cause.normal }
            : { type: "take-over", leg: own.id },
        );
      }
      if (own !== undefined) return feed({ type: "supervise", leg: own.id, mode, by });
      hearing.prepare();
      const made = ring(extension, mode);
      if ("cause" in made) {
        // Gives back what was prepared for nobody.
        refresh();
        throw new CallboxError("ERR_SUPERVISION", {
          detail: `${extension} cannot be rung, cause ${made.cause}`,
        });
      }
      feed({ type: "supervise", leg: made.leg, mode, by });
    },
    close() {
      for (const cancel of waiting) cancel();
      hearing.release();
    },
  };
}
