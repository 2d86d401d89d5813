// The console and its API on the network: certificate, server, and the certificate's renewal while it runs.
import type { Server } from "node:https";
import type { Cancel } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import { loadCertificate } from "./certificate.ts";
import type { WebDeps } from "./deps.ts";
import { createApp } from "./server.ts";

export interface Web {
  /** Begins to serve. @throws ERR_WEB_PORT when the port is taken or not allowed */
  listen(): Promise<{ readonly url: string }>;
  /** Ends all connections. Safe to call twice. */
  close(): Promise<void>;
}

const renewalCheckMs = 3_600_000;

/** Host, port and TLS are read once, from the settings in force. @throws what keeps the certificate from being kept */
export async function createWeb(deps: WebDeps): Promise<Web> {
  const { settings, clock, log, tlsDir } = deps;
  const { host, port, tls } = settings.current().web;
  let certificate = tls ? await loadCertificate(tlsDir, clock.now()) : undefined;
  const app = await createApp(deps, certificate);
  let cancelRenewal: Cancel = () => undefined;
  let closing: Promise<void> | undefined;

  const renew = async (): Promise<void> => {
    try {
      const next = await loadCertificate(tlsDir, clock.now());
      if (next.cert !== certificate?.cert) {
        certificate = next;
        (app.fastify.server as unknown as Server).setSecureContext({ key: next.key, cert: next.cert });
        app.setCa(next.ca);
        log.info({ until: new Date(next.notAfter).toISOString() }, "certificate renewed");
      }
    } catch (error) {
      log.error({ err: error }, "the certificate could not be renewed");
    }
    if (closing === undefined) cancelRenewal = clock.after(renewalCheckMs, () => void renew());
  };

  return {
    async listen() {
      await app.start();
      try {
        await app.fastify.listen({ host, port });
      } catch (error) {
        throw new CallboxError("ERR_WEB_PORT", { detail: `${host}:${port}`, cause: error });
      }
      // The console is worth more than the command: without the socket the box serves all the same.
      await app.listenLocally(deps.localSocket).catch((error: unknown) => {
        log.error({ err: error }, "the command `callbox` cannot reach this box");
      });
      if (tls) cancelRenewal = clock.after(renewalCheckMs, () => void renew());
      const address = app.fastify.server.address();
      const bound = typeof address === "object" && address !== null ? address.port : port;
      const named =
        host === "0.0.0.0" || host === "::" ? "localhost" : host.includes(":") ? `[${host}]` : host;
      return { url: `${tls ? "https" : "http"}://${named}:${bound}/` };
    },
    close() {
      cancelRenewal();
      closing ??= app.close();
      return closing;
    },
  };
}
