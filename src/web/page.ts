// The console's files: the page with a nonce of its own for each reply, everything else as it was built.
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { CallboxError } from "../shared/errors.ts";

/** The word that Vite leaves in the page where a nonce belongs (`html.cspNonce`). */
const placeholder = "CSP_NONCE";

const nonces = new WeakMap<ServerResponse, string>();

/** The nonce of one reply, for its policy and its page. */
export function nonceOf(response: ServerResponse): string {
  let nonce = nonces.get(response);
  if (nonce === undefined) {
    nonce = randomBytes(16).toString("base64");
    nonces.set(response, nonce);
  }
  return nonce;
}

export async function registerPage(app: FastifyInstance, uiDir: string): Promise<void> {
  const page = async (_request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const html = await readFile(join(uiDir, "index.html"), "utf8").catch((cause: unknown) => {
      throw new CallboxError("ERR_CONSOLE_NOT_BUILT", { detail: uiDir, cause });
    });
    return reply
      .type("text/html; charset=utf-8")
      .header("cache-control", "no-store")
      .send(html.replaceAll(placeholder, nonceOf(reply.raw)));
  };

  await app.register(fastifyStatic, {
    root: uiDir,
    index: false,
    dotfiles: "deny",
    // Built files carry the hash of what is in them.
    setHeaders: (reply, path) =>
      void reply.header(
        "cache-control",
        path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      ),
  });
  app.get("/", { schema: { hide: true } }, page);
  app.get("/index.html", { schema: { hide: true } }, page);
  app.setNotFoundHandler(async (request, reply) => {
    const { pathname } = new URL(request.url, "http://box");
    const isPage = request.method === "GET" && !pathname.startsWith("/api/") && !pathname.includes(".");
    if (isPage) return page(request, reply);
    throw new CallboxError("ERR_NOT_FOUND", { detail: `${request.method} ${pathname}` });
  });
}
