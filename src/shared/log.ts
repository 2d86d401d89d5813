// The logger: pino, one JSON object a line, with secrets taken out by name.
import { pino, type DestinationStream, type Logger } from "pino";

export type { Logger } from "pino";

const secrets = ["password", "secret", "token", "cookie", "authorization", "pin"];

export function createLogger(
  options: { readonly level?: string; readonly to?: DestinationStream } = {},
): Logger {
  const settings = {
    level: options.level ?? "info",
    base: null,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
  };
  return options.to === undefined ? pino(settings) : pino(settings, options.to);
}

/** A logger that says nothing, for tests and for parts that may be used without one. */
export const silentLogger: Logger = pino({ level: "silent" });
