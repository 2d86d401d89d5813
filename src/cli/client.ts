// Asks the API through the Unix socket of the Callbox that runs on this box.
import { request as ask, type RequestOptions } from "node:http";
import type { Refusal } from "../web/api/common.ts";
import { addressOf, refusalIn, type Input } from "../web/api/request.ts";
import type { Reply, RouteName } from "../web/api/routes.ts";

export interface Client {
  /** @throws RefusedError, UnreachableError */
  request<K extends RouteName>(route: K, input: Input<K>): Promise<Reply<K>>;
  /** Of a route that answers with a file: its parts as they come. @throws RefusedError, UnreachableError */
  fetch<K extends RouteName>(route: K, input: Input<K>, take: (part: Buffer) => void): Promise<void>;
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
  const optionsOf = <K extends RouteName>(route: K, input: Input<K>) => {
    const { method, path, body } = addressOf(route, input);
    const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) };
    const type = body === undefined ? {} : { "content-type": "application/json" };
    return {
      options: { socketPath, method, path, headers: { "x-callbox-user": user, ...type, ...length } },
      body,
    };
  };
  const refused = (status: number, text: string): RefusedError =>
    new RefusedError(refusalIn(text === "" ? null : readJson(text), status, text.slice(0, 200)));

  return {
    async request(route, input) {
      const { options, body } = optionsOf(route, input);
      const parts: Buffer[] = [];
      const status = await exchange(options, body, (part) => void parts.push(part));
      const text = Buffer.concat(parts).toString("utf8");
      if (!isGood(status)) throw refused(status, text);
      return (text === "" ? null : readJson(text)) as Reply<typeof route>;
    },
    async fetch(route, input, take) {
      const { options, body } = optionsOf(route, input);
      let refusal = "";
      const status = await exchange(options, body, (part, good) => {
        if (good) take(part);
        else refusal += part.toString("utf8");
      });
      if (!isGood(status)) throw refused(status, refusal);
    },
  };
}

const isGood = (status: number): boolean => status >= 200 && status <= 299;

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Gives the reply's parts as they come, and resolves with its status. */
function exchange(
  options: RequestOptions & { readonly socketPath: string },
  body: string | undefined,
  take: (part: Buffer, good: boolean) => void,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const asking = ask({ ...options, timeout: longestMs }, (reply) => {
      const status = reply.statusCode ?? 0;
      reply.on("data", (part: Buffer) => take(part, isGood(status)));
      reply.once("error", reject);
      reply.once("end", () => resolve(status));
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
