// One conference of the native engine.
import type { Conference, Part, RecordEnd } from "./engine.ts";
import { createNativeSound, type Surroundings } from "./native-sound.ts";

export interface NativeConference {
  readonly face: Conference;
  /** The engine has let go of it. */
  gone(): void;
  /** Recordings whose files are not complete yet. */
  unfinished(): readonly Promise<RecordEnd>[];
}

const mostGain = 16_000;

export function createNativeConference({ id, native, ends }: Omit<Surroundings, "closed">): NativeConference {
  const gone = Promise.withResolvers<undefined>();
  let closed = false;
  const sound = createNativeSound({ id, native, ends, closed: () => closed });
  const face: Conference = {
    id,
    ...sound.face,
    join(port, { hears = true, speaksTo = "all", gainDb = 0, automaticGain = false }: Part = {}) {
      if (closed) return;
      const gain = Math.min(mostGain, Math.max(0, Math.round(1000 * 10 ** (gainDb / 20))));
      const [speaks, listener] = typeof speaksTo === "string" ? [speaksTo, 0] : ["one" as const, speaksTo.id];
      native.join(id, port.id, hears, speaks, listener, gain, automaticGain);
    },
    close() {
      if (!closed) native.closeConference(id);
      closed = true;
      return gone.promise;
    },
  };
  return { face, gone: () => gone.resolve(undefined), unfinished: () => sound.unfinished() };
}
