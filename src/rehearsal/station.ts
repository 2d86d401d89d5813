// A station of the simulated outside world: a subscriber of the public network, or a telephone on the desk.
import type { StreamPort } from "../media/engine.ts";
import type { Events } from "../shared/events.ts";

/** What an outside subscriber's call comes in over. */
export type TrunkKind = "isdn" | "bri" | "fxo";

export type StationState =
  /** On hook. */
  | "idle"
  /** Somebody calls; `with` tells who, when the number is known. */
  | "ringing"
  /** Off hook with dial tone, or dialling. A phone that calls stays so until the box reverses the battery on answer. */
  | "dialling"
  /** Outside: the other side is being rung. */
  | "ringback"
  | "connected"
  /** Busy or congestion tone: the call failed or the other side hung up. Hang up to be idle again. */
  | "busy";

/** Plain data, safe to send to the console. */
export interface Station {
  /** Stable: `outside-1`, `phone-5/1`. */
  readonly id: string;
  readonly kind: "outside" | "phone";
  /** Its own number: a public one, or the extension. */
  readonly number: string;
  readonly name: string;
  /** Phones: the box's line that they are plugged into (`5/1`). Outside: the line of the present call. */
  readonly line: string | undefined;
  readonly state: StationState;
  /** The other party's number, as far as this side knows it. */
  readonly with: string | undefined;
  /** Why the last call ended, cause by Q.850; phones are never told. */
  readonly cause: number | undefined;
}

export interface StationEvent {
  readonly type: "station";
  readonly station: Station;
}

/** The rehearsal room's controls: what a person does at a telephone. All throw ERR_STATION_UNKNOWN for a wrong id. */
export interface Stations {
  stations(): readonly Station[];
  readonly events: Events<StationEvent>;
  /** Lifts the handset: answers when ringing. */
  lift(id: string): void;
  hangUp(id: string): void;
  /**
   * Outside: lifts and calls that number of the box over the chosen kind of trunk (default `isdn`).
   * Phone: lifts when on hook, and keys the digits.
   */
  dial(id: string, digits: string, options?: { readonly trunk?: TrunkKind }): void;
  /** One key, 0–9, `*`, `#`, as DTMF. */
  press(id: string, digit: string): void;
  /** Phones: a short press of the hook. */
  flash(id: string): void;
  /** The handset: what the station hears and says. `undefined` while it is on hook. */
  audio(id: string): StreamPort | undefined;
}
