// Conference rooms and who is in them.
import { Type, type Static } from "typebox";
import { Digits, Id } from "./common.ts";

export const RoomView = Type.Object({
  id: Id,
  name: Type.String(),
  number: Type.Optional(Digits),
  /** In the order they came. */
  calls: Type.Array(Id),
});
export const RoomsReply = Type.Object({ rooms: Type.Array(RoomView) });

export type RoomView = Static<typeof RoomView>;
