// What the mock server says over HTTP besides its routes: the page's policy, refusals, and audio by ranges.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Issue } from "../../../src/web/api/common.ts";

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[] | undefined;
  constructor(status: number, code: string, message: string, issues?: readonly Issue[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

/** The strictest policy that the console is to live under. */
export const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self'",
    "font-src 'self'",
    "connect-src 'self'",
    "media-src 'self' blob:",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");

export async function refuse(
  reply: FastifyReply,
  { status, code, message, issues }: Refused,
): Promise<FastifyReply> {
  const remedy = status === 401 ? "Try again." : "Look at what is marked and try again.";
  return reply.status(status).send({ code, message, remedy, ...(issues === undefined ? {} : { issues }) });
}

export async function sendAudio(
  request: FastifyRequest,
  reply: FastifyReply,
  audio: Buffer,
): Promise<FastifyReply> {
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  reply.type("audio/wav").header("accept-ranges", "bytes");
  if (range === null) return reply.send(audio);
  const from = Number(range[1]);
  const to = range[2] === "" ? audio.length - 1 : Math.min(Number(range[2]), audio.length - 1);
  return reply
    .status(206)
    .header("content-range", `bytes ${from}-${to}/${audio.length}`)
    .send(audio.subarray(from, to + 1));
}
