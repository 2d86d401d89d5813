// Asks the API through the Unix socket of the Callbox that runs on this box.
import { request as ask, type RequestOptions } from "node:http";
import type { Refusal } from "../web/api/common.ts";
import { addressOf, refusalIn, type Input } from "../web/api/request.ts";
import type { Reply, RouteName } from "../web/api/routes.ts";

export interface Client {
  /** @throws RefusedError, UnreachableError */
  request<K extends RouteName>(route: K, input: Input<K>): Promise<Reply<K>>;
}

/** The server said no. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly refusal: Refusal;
  readonly code: string;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
    this.code = refusal.code;
  }
}

/** Nobody answers, or this user may not ask. */
export class UnreachableError extends Error {
  override readonly name = "UnreachableError";
}

/** A RESTART may take twice T316 to fail (Q.931 Table 9-2). */
const longestMs = 300_000;

export function createClient(socketPath: string, user: string): Client {
  return {
    async request(route, input) {
      const { method, path, body } = addressOf(route, input);
      const headers = {
        "x-callbox-user": user,
        ...(body === undefined
          ? {}
          : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      };
      const { status, text } = await exchange({ socketPath, method, path, headers }, body);
      const said: unknown = text === "" ? null : readJson(text);
      if (status < 200 || status > 299) throw new RefusedError(refusalIn(said, status, text.slice(0, 200)));
      return said as Reply<typeof route>;
    },
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function exchange(
  options: RequestOptions & { readonly socketPath: string },
  body: string | undefined,
): Promise<{ readonly status: number; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const asking = ask({ ...options, timeout: longestMs }, (reply) => {
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.once("error", reject);
      reply.once("end", () =>
        resolve({ status: reply.statusCode ?? 0, text: Buffer.concat(parts).toString("utf8") }),
      );
    });
    asking.once("timeout", () => asking.destroy(new Error("no answer in 5 minutes")));
    asking.once("error", (error: NodeJS.ErrnoException) =>
      reject(new UnreachableError(whyNot(error, options.socketPath))),
    );
    asking.end(body);
  });
}

function whyNot({ code, message }: NodeJS.ErrnoException, path: string): string {
  if (code === "EACCES") return `this user may not open ${path}: be root, or a member of the group callbox`;
  if (code === "ENOENT" || code === "ECONNREFUSED") return `no Callbox runs here (${path})`;
  return `${path}: ${message}`;
}
