// How a client asks for a route of the table: what it needs, the address that this makes, and how refusals are read.
import type { Refusal } from "./common.ts";
import type { Body, Params, Query, RouteName } from "./routes.ts";

type Given<N extends string, T> = [T] extends [undefined] ? unknown : { readonly [_ in N]: T };
export type Input<K extends RouteName> = Given<"params", Params<K>> &
  Given<"query", Query<K>> &
  Given<"body", Body<K>>;

export interface Address {
  readonly method: string;
  /** Below the host, with the query. */
  readonly path: string;
  /** As JSON; `undefined` for none. */
  readonly body: string | undefined;
}

export const apiBase = "/api/v1";

export function addressOf<K extends RouteName>(route: K, input: Input<K>): Address {
  const { params, query, body } = input as {
    readonly params?: Readonly<Record<string, string | number>>;
    readonly query?: Readonly<Record<string, string | number | undefined>>;
    readonly body?: unknown;
  };
  const [method = "GET", template = "/"] = route.split(" ");
  const path = template.replaceAll(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name] ?? "")),
  );
  return {
    method,
    path: `${apiBase}${path}${search(query)}`,
    body: body === undefined ? undefined : JSON.stringify(body),
  };
}

function search(query: Readonly<Record<string, string | number | undefined>> = {}): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined && value !== "") given.set(name, String(value));
  return given.size === 0 ? "" : `?${given.toString()}`;
}

/** What a reply says that is no success, whatever it is. */
export function refusalIn(body: unknown, status: number, statusText: string): Refusal {
  const part = (name: string): unknown =>
    typeof body === "object" && body !== null ? (Reflect.get(body, name) as unknown) : undefined;
  const text = (name: string): string => {
    const value = part(name);
    return typeof value === "string" ? value : "";
  };
  const issues = part("issues");
  return {
    code: text("code") || `HTTP ${status}`,
    message: text("message") || statusText,
    remedy: text("remedy"),
    ...(Array.isArray(issues) ? { issues: issues as NonNullable<Refusal["issues"]> } : {}),
  };
}
