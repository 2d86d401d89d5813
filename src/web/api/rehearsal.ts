// The rehearsal room: simulated outside lines and telephones that a browser plays, with their audio.
// Only with the simulated board; with cards alone the list of stations is empty.
import { Type, type Static } from "typebox";
import { Digits, Id } from "./common.ts";

export const StationState = Type.Union([
  Type.Literal("idle"),
  /** The station is being called: it rings. */
  Type.Literal("ringing"),
  /** Lifted, hears dial tone or has dialled in part. */
  Type.Literal("dialling"),
  /** Has called; the far end rings or the call is set up. */
  Type.Literal("calling"),
  Type.Literal("connected"),
  /** The far end hung up or refused; hears a tone until hung up. */
  Type.Literal("ended"),
]);

export const StationView = Type.Object({
  id: Id,
  /** `outside`: somebody in the public network, behind an E1, BRI or FXO line. `phone`: a telephone on an FXS port. */
  kind: Type.Union([Type.Literal("outside"), Type.Literal("phone")]),
  name: Type.String(),
  /** The span or the port that it is behind. */
  span: Type.Integer({ minimum: 1 }),
  position: Type.Optional(Type.Integer({ minimum: 1 })),
  /** The number it calls from. */
  number: Digits,
  state: StationState,
  /** Ringing: who calls. Calling, connected: who was called. */
  peer: Type.Optional(Digits),
  /** Ended: Q.850 cause, where the line gives one. */
  cause: Type.Optional(Type.Integer({ minimum: 0, maximum: 127 })),
});

export const StationAction = Type.Union([
  /** Outside: calls the box. Phone: lifts if need be and dials. */
  Type.Object({
    action: Type.Literal("dial"),
    called: Type.String({ pattern: "^[0-9*#]{0,32}$" }),
    calling: Type.Optional(Digits),
  }),
  /** DTMF while connected or dialling. */
  Type.Object({ action: Type.Literal("digits"), digits: Type.String({ pattern: "^[0-9A-D*#]{1,32}$" }) }),
  /** Answers when ringing; a phone at rest gets dial tone. */
  Type.Object({ action: Type.Literal("lift") }),
  Type.Object({ action: Type.Literal("hang-up") }),
  /** Phones only. */
  Type.Object({ action: Type.Literal("flash") }),
]);

export const StationsReply = Type.Object({ stations: Type.Array(StationView) });

/**
 * `/rehearsal/stations/:id/audio` is a WebSocket of binary messages, each a block of linear 16-bit samples,
 * little-endian, 8 kHz, mono, 20 ms (160 samples, 320 octets): down what the station hears, up what it says.
 * One browser at a time: a newer connection takes the station over and the older is closed with 4001.
 */
export const audioBlockSamples = 160;

export type StationState = Static<typeof StationState>;
export type StationView = Static<typeof StationView>;
export type StationAction = Static<typeof StationAction>;
