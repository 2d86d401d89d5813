// Whether a machine has answered a leg, while both parties hear each other already: nobody waits for the verdict.
import type { MediaPort } from "../media/engine.ts";
import type { Cancel, Clock } from "../shared/clock.ts";
import { whenAudio } from "./audio-wait.ts";

interface Ears {
  readonly clock: Clock;
  /** Of the leg that has answered, and of who talks to it. */
  readonly answered: () => MediaPort | undefined;
  readonly talker: () => MediaPort | undefined;
}

/**
 * Tells once, within 6 s of the audio (`detectAnswer`). Who is talked to is taken for a person: the talker has heard who it
 * is, and a person who says much at once is not to be hung up on.
 */
export function hearWhoAnswered({ clock, answered, talker }: Ears, told: (machine: boolean) => void): Cancel {
  let over = false;
  const stops: Cancel[] = [];
  const stop = (): void => {
    over = true;
    for (const one of stops.splice(0)) one();
  };
  const tell = (machine: boolean): void => {
    if (over) return;
    stop();
    told(machine);
  };
  stops.push(
    whenAudio(answered, clock, (port) => {
      if (port === undefined) return tell(false);
      stops.push(
        port.events.on((event) => {
          if (event.type === "answer") tell(event.by === "machine");
        }),
        () => port.detectAnswer(false),
      );
      port.detectAnswer(true);
      const own = talker();
      if (own === undefined) return;
      stops.push(
        own.events.on((event) => {
          if (event.type === "talking" && event.talking) tell(false);
        }),
        () => own.detectVoice(false),
      );
      own.detectVoice(true);
    }),
  );
  return stop;
}
