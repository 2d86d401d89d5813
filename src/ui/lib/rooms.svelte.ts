// Conference rooms, asked for when a page first wants them, and not more often than now and then.
import { SvelteMap } from "svelte/reactivity";
import type { RoomView } from "../../web/api/rooms.ts";
import { request } from "./client.ts";
import { may } from "./session.svelte.ts";

export const rooms = new SvelteMap<string, RoomView>();

const freshMs = 5000;
let askedAt = -freshMs;

/** Who may not see them keeps an empty list. */
export function wantRooms(): void {
  if (!may("supervisor") || performance.now() - askedAt < freshMs) return;
  askedAt = performance.now();
  void request("GET /rooms", {}).then(
    (reply) => {
      rooms.clear();
      for (const room of reply.rooms) rooms.set(room.id, room);
    },
    () => undefined,
  );
}

export const roomName = (id: string): string => rooms.get(id)?.name ?? id;
