// The handset of a rehearsal station in a browser: linear 16-bit samples both ways, as api/rehearsal.ts says.
import type { StreamPort } from "../media/engine.ts";
import type { Stations } from "../rehearsal/station.ts";
import { CallboxError } from "../shared/errors.ts";
import { closeCodes, type Socket } from "./socket.ts";

export interface Handsets {
  /** @throws ERR_STATION_UNKNOWN */
  check(station: string): void;
  /** Gives a station's handset to this socket; whoever held it before is closed with 4001. */
  take(station: string, socket: Socket): void;
  close(): void;
}

/** One message: at most 200 ms of samples, and whole ones. */
const mostOctets = 3200;
/** Two seconds of sound that the browser has not taken yet: more would only come too late. */
const mostWaiting = 32_000;

export function createHandsets(stations: Stations | undefined): Handsets {
  const held = new Map<string, { readonly socket: Socket; readonly letGo: () => void }>();
  const known = (id: string): Stations => {
    if (stations?.stations().some((station) => station.id === id) !== true)
      throw new CallboxError("ERR_STATION_UNKNOWN", { detail: id });
    return stations;
  };

  return {
    check: (id) => void known(id),
    take(id, socket) {
      const room = known(id);
      const before = held.get(id);
      before?.letGo();
      before?.socket.close(closeCodes.takenOver, "taken over");

      let port: StreamPort | undefined;
      const follow = (): void => {
        const now = room.audio(id);
        if (now === port) return;
        port?.onAudio(undefined);
        port = now;
        port?.onAudio((samples) => {
          if (socket.bufferedAmount <= mostWaiting) socket.send(octetsOf(samples));
        });
      };
      const unsubscribe = room.events.on(({ station }) => {
        if (station.id === id) follow();
      });
      const handset = {
        socket,
        letGo: (): void => {
          unsubscribe();
          port?.onAudio(undefined);
          port = undefined;
          if (held.get(id) === handset) held.delete(id);
        },
      };
      held.set(id, handset);
      socket.on("close", handset.letGo);
      socket.on("message", (data: Buffer, isBinary: boolean) => {
        if (!isBinary || data.length === 0 || data.length > mostOctets || data.length % 2 !== 0)
          socket.close(closeCodes.notAudio, "not audio");
        else port?.write(samplesOf(data));
      });
      follow();
    },
    close() {
      for (const { socket, letGo } of [...held.values()]) {
        letGo();
        socket.close(1001, "closing");
      }
    },
  };
}

/** A copy in the wire's order: the engine uses its block again, and a view of it may not be aligned. */
function octetsOf(samples: Int16Array): Buffer {
  const octets = Buffer.allocUnsafe(samples.length * 2);
  samples.forEach((sample, i) => void octets.writeInt16LE(sample, i * 2));
  return octets;
}

function samplesOf(octets: Buffer): Int16Array {
  const samples = new Int16Array(octets.length / 2);
  for (let i = 0; i < samples.length; i++) samples[i] = octets.readInt16LE(i * 2);
  return samples;
}
