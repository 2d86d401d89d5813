// What is used of a WebSocket, and why the server closes one.
import type { WebSocket } from "ws";

export type Socket = Pick<WebSocket, "send" | "close" | "terminate" | "on" | "bufferedAmount">;

/** Beside the standard's own: 1001 the server closes, 1008 nothing is to be said here, 1013 not ready yet. */
export const closeCodes = { takenOver: 4001, tooSlow: 4002, signedOut: 4003, notAudio: 4004 } as const;
