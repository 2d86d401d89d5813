// The API on the box itself: a Unix socket for the command `callbox`. Whoever may open the file is an admin: the
// file's owner and group decide it, as they do for the settings' file beside it.
import { chmodSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { connect, type Socket } from "node:net";
import { CallboxError } from "../shared/errors.ts";

export interface LocalDoor {
  /** Who asks, as the command says it; `undefined` for a request from the network. */
  userOf(request: IncomingMessage): string | undefined;
  /** @throws ERR_LOCAL_SOCKET when the file cannot be made, or another Callbox has it */
  listen(path: string, serve: RequestListener): Promise<void>;
  close(): Promise<void>;
}

/** Owner and group; a socket is opened by who may write it. */
const mode = 0o660;
/** For the journal only: it grants nothing. */
export const localUserHeader = "x-callbox-user";

export function createLocalDoor(): LocalDoor {
  const local = new WeakSet<Socket>();
  const server = createServer();
  server.on("connection", (socket) => {
    local.add(socket);
    // A Unix socket has no address; the log and the limit of requests want one.
    Object.defineProperty(socket, "remoteAddress", { value: "local" });
  });
  server.requestTimeout = 30_000;
  let open = false;

  return {
    userOf(request) {
      if (!local.has(request.socket)) return undefined;
      const name = request.headers[localUserHeader];
      return typeof name === "string" && /^[a-z_][a-z0-9_.-]{0,31}$/iu.test(name) ? `local:${name}` : "local";
    },
    async listen(path, serve) {
      server.on("request", serve);
      try {
        if (await answers(path)) throw new Error("another Callbox answers there");
        rmSync(path, { force: true });
        await new Promise<void>((resolve, reject) => {
          server.once("error", reject);
          server.listen(path, resolve);
        });
        chmodSync(path, mode);
        open = true;
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        throw new CallboxError("ERR_LOCAL_SOCKET", { detail: `${path}: ${why}`, cause });
      }
    },
    close() {
      if (!open) return Promise.resolve();
      open = false;
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

/** A socket file outlives a process that was killed. */
function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
