// The typed client of /api/v1: what may be asked, with what, and what comes back is read off the table of routes.
import type { Body, Params, Query, Reply, RouteName } from "../../web/api/routes.ts";
import type { Refusal } from "../../web/api/common.ts";

type Given<N extends string, T> = [T] extends [undefined] ? unknown : { readonly [_ in N]: T };
export type Input<K extends RouteName> = Given<"params", Params<K>> &
  Given<"query", Query<K>> &
  Given<"body", Body<K>>;

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
  const { params, query, body } = input as {
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string | number | undefined>>;
    readonly body?: unknown;
  };
  const [method = "GET", template = "/"] = route.split(" ");
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(params?.[name] ?? ""));
  const reply = await fetch(`/api/v1${path}${search(query)}`, {
    method,
    ...(body === undefined
      ? {}
      : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  }).catch(() => undefined);
  if (reply === undefined) throw new RefusedError(0, unreachable);
  if (reply.ok) return (reply.status === 204 ? null : await reply.json()) as Reply<K>;
  if (reply.status === 401 && route !== "POST /session") onUnauthorised();
  throw new RefusedError(reply.status, await refusalOf(reply));
}

/** The address of a recording's audio, for a media element or a download. */
export const audioUrl = (recording: string): string =>
  `/api/v1/recordings/${encodeURIComponent(recording)}/audio`;

/** A WebSocket of the API. */
export function openSocket(path: string): WebSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return new WebSocket(`${scheme}://${location.host}/api/v1${path}`);
}

export const unreachableCode = "ERR_UNREACHABLE";
const unreachable: Refusal = { code: unreachableCode, message: "", remedy: "" };

function search(query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}

async function refusalOf(reply: Response): Promise<Refusal> {
  const body: unknown = await reply.json().catch(() => undefined);
  const part = (name: string): string => {
    const value: unknown = typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
    return typeof value === "string" ? value : "";
  };
  const issues: unknown = typeof body === "object" && body !== null ? Reflect.get(body, "issues") : undefined;
  return {
    code: part("code") || `HTTP ${reply.status}`,
    message: part("message") || reply.statusText,
    remedy: part("remedy"),
    ...(Array.isArray(issues) ? { issues: issues as NonNullable<Refusal["issues"]> } : {}),
  };
}
