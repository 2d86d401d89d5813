// The typed client of /api/v1: what may be asked, with what, and what comes back is read off the table of routes.
import type { Refusal } from "../../web/api/common.ts";
import { addressOf, apiBase, refusalIn, type Input } from "../../web/api/request.ts";
import type { Reply, RouteName } from "../../web/api/routes.ts";

export type { Input };

/** The server refused, or could not be reached (status 0). */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
  readonly status: number;
  readonly refusal: Refusal;

  constructor(status: number, refusal: Refusal) {
    super(refusal.message);
    this.status = status;
    this.refusal = refusal;
  }
}

let onUnauthorised: () => void = () => undefined;

/** Told whenever the server says that nobody is signed in. */
export function whenUnauthorised(listener: () => void): void {
  onUnauthorised = listener;
}

/** Asks the server. @throws RefusedError */
export async function request<K extends RouteName>(route: K, input: Input<K>): Promise<Reply<K>> {
  const { method, path, body } = addressOf(route, input);
  const reply = await fetch(path, {
    method,
    ...(body === undefined ? {} : { headers: { "content-type": "application/json" }, body }),
  }).catch(() => undefined);
  if (reply === undefined) throw new RefusedError(0, unreachable);
  if (reply.ok) return (reply.status === 204 ? null : await reply.json()) as Reply<K>;
  if (reply.status === 401 && route !== "POST /session") onUnauthorised();
  const said: unknown = await reply.json().catch(() => undefined);
  throw new RefusedError(reply.status, refusalIn(said, reply.status, reply.statusText));
}

/** The address of a report as CSV, for a download. */
export const reportUrl = (input: Input<"GET /reports/:report">): string =>
  addressOf("GET /reports/:report", { ...input, query: { ...input.query, format: "csv" } }).path;

/** The address of a call's fax, a PDF. */
export const faxUrl = (record: string): string => `${apiBase}/faxes/${encodeURIComponent(record)}/document`;

/** The address of a recording's audio, for a media element or a download. */
export const audioUrl = (recording: string): string =>
  `${apiBase}/recordings/${encodeURIComponent(recording)}/audio`;

/** The address of a voice message, for a media element. */
export const messageUrl = (mailbox: string, name: string): string =>
  `${apiBase}/voicemail/${mailbox}/${name}/audio`;

/** The address of a version of a prompt, for a media element. */
export const promptAudioUrl = (language: string, name: string, version: string): string =>
  `${apiBase}/prompts/${language}/${encodeURIComponent(name)}/versions/${version}/audio`;

/** The address of a D-channel's trace as a capture file, for a download. */
export const traceFileUrl = (span: number): string => `${apiBase}/spans/${span}/trace.pcap`;

/** A WebSocket of the API. */
export function openSocket(path: string): WebSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}${apiBase}${path}`);
}

export const unreachableCode = "ERR_UNREACHABLE";
const unreachable: Refusal = { code: unreachableCode, message: "", remedy: "" };
