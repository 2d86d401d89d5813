// What a person may name: a line (1/3), a span (1), a trunk group (its id; `group:2` for one that is a number).
import type { Input } from "../web/api/request.ts";
import { UsageError } from "./command.ts";

export type Target = { readonly line: string } | { readonly span: number } | { readonly group: string };

/** @throws UsageError */
export function targetOf(text: string | undefined): Target {
  if (text === undefined) throw new UsageError("name a line (1/3), a span (1) or a trunk group");
  if (text.startsWith("group:")) return { group: text.slice("group:".length) };
  if (/^\d{1,3}\/\d{1,3}$/u.test(text)) return { line: text };
  return /^\d{1,3}$/u.test(text) ? { span: Number(text) } : { group: text };
}

export const nameOf = (target: Target): string =>
  "line" in target
    ? `line ${target.line}`
    : "span" in target
      ? `span ${target.span}`
      : `trunk group ${target.group}`;

type Verb = "block" | "unblock" | "test";
type ServiceRoute<V extends Verb> = `POST /${"lines/:id" | "spans/:number" | "trunk-groups/:id"}/${V}`;

/** The route of the target's kind, and its parameters. */
export function routeOf<V extends Verb>(
  target: Target,
  verb: V,
): { readonly route: ServiceRoute<V>; readonly params: Input<"POST /lines/:id/test">["params"] } {
  // Each kind's parameters fit its own route; the union of routes takes the one that is given.
  if ("line" in target) return { route: `POST /lines/:id/${verb}`, params: { id: target.line } };
  if ("group" in target) return { route: `POST /trunk-groups/:id/${verb}`, params: { id: target.group } };
  return { route: `POST /spans/:number/${verb}`, params: { number: target.span } as never };
}
