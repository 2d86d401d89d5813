// What browsers are told to refuse: scripts and styles that are not the console's own, frames, guesses at types.
import type { ServerResponse } from "node:http";
import { nonceOf } from "./page.ts";

/** Options for helmet. */
export function headerPolicy(tls: boolean) {
  return {
    global: true,
    contentSecurityPolicy: contentPolicy(tls),
    // Until the box's authority is installed in a browser this would lock people out.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    xFrameOptions: { action: "deny" },
  } as const;
}

function contentPolicy(tls: boolean) {
  const nonce = (_request: unknown, response: unknown): string =>
    `'nonce-${nonceOf(response as ServerResponse)}'`;
  return {
    useDefaults: false,
    directives: {
      "default-src": ["'none'"],
      "script-src": ["'self'", nonce],
      "style-src": ["'self'", nonce],
      "img-src": ["'self'", "data:"],
      "font-src": ["'self'"],
      "media-src": ["'self'", "blob:"],
      "worker-src": ["'self'"],
      "manifest-src": ["'self'"],
      // 'self' does not cover WebSockets in every browser that is still in use.
      "connect-src": ["'self'", (request: unknown) => socketOrigin(request, tls)],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
      "frame-ancestors": ["'none'"],
    },
  };
}

function socketOrigin(request: unknown, tls: boolean): string {
  const host = (request as { readonly headers: { readonly host?: string } }).headers.host ?? "";
  return /^[\w.:[\]-]+$/.test(host) ? `${tls ? "wss" : "ws"}://${host}` : "'self'";
}
