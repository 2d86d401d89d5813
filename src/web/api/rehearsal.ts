// The rehearsal room: simulated outside lines and telephones that a browser plays, with their audio.
// Only with the simulated board; with cards alone the list of stations is empty.
import { Type, type Static } from "typebox";
import { Digits, Id } from "./common.ts";

export const StationState = Type.Union([
  /** On hook. */
  Type.Literal("idle"),
  /** Somebody calls. */
  Type.Literal("ringing"),
  /** Off hook with dial tone, or dialling. */
  Type.Literal("dialling"),
  /** The other side is being rung. */
  Type.Literal("ringback"),
  Type.Literal("connected"),
  /** The call failed or the other side hung up: hears a tone until hung up. */
  Type.Literal("busy"),
]);

/** As rehearsal/station.ts tells it. */
export const StationView = Type.Object({
  id: Id,
  /** `outside`: a subscriber of the public network. `phone`: a telephone on an FXS port. */
  kind: Type.Union([Type.Literal("outside"), Type.Literal("phone")]),
  /** Its own number: a public one, or the extension. */
  number: Digits,
  name: Type.String(),
  /** `span/position`. Phones: the line they are plugged into. Outside: the line of the present call. */
  line: Type.Optional(Type.String()),
  state: StationState,
  /** The other party's number, as far as this side knows it. */
  with: Type.Optional(Digits),
  /** Why the last call ended, by Q.850; phones are never told. */
  cause: Type.Optional(Type.Integer({ minimum: 0, maximum: 127 })),
});

export const Trunk = Type.Union([Type.Literal("isdn"), Type.Literal("bri"), Type.Literal("fxo")]);

export const StationAction = Type.Union([
  /** Outside: calls that number of the box over that kind of trunk (isdn when left out). Phone: lifts if need be and dials. */
  Type.Object({
    action: Type.Literal("dial"),
    number: Type.String({ pattern: "^[0-9*#]{0,32}$" }),
    trunk: Type.Optional(Trunk),
  }),
  /** Keys, as DTMF. */
  Type.Object({ action: Type.Literal("press"), digits: Type.String({ pattern: "^[0-9*#]{1,32}$" }) }),
  /** Answers when ringing; a phone at rest gets dial tone. */
  Type.Object({ action: Type.Literal("lift") }),
  Type.Object({ action: Type.Literal("hang-up") }),
  /** Phones only. */
  Type.Object({ action: Type.Literal("flash") }),
]);

export const StationsReply = Type.Object({ stations: Type.Array(StationView) });

/**
 * `/api/v1/rehearsal/stations/:id/audio` is a WebSocket of binary messages, each a block of linear 16-bit samples,
 * little-endian, 8 kHz, mono, 20 ms (160 samples, 320 octets): down what the station hears, up what it says.
 * While the station is on hook nothing comes down and what goes up is dropped.
 * One browser at a time: a newer connection takes the station over and the older is closed with 4001.
 */
export const audioBlockSamples = 160;

export type StationState = Static<typeof StationState>;
export type StationView = Static<typeof StationView>;
export type Trunk = Static<typeof Trunk>;
export type StationAction = Static<typeof StationAction>;
