// What may be taken out of service, and the routes by which it is.
import type { LineTest, LineView } from "../../../web/api/lines.ts";
import { t } from "../../i18n/i18n.svelte.ts";
import { request } from "../../lib/client.ts";

export type Target = { readonly line: string } | { readonly span: number } | { readonly group: string };

export function block(target: Target, when: "idle" | "now"): Promise<{ cleared: number }> {
  const body = { when };
  if ("line" in target) return request("POST /lines/:id/block", { params: { id: target.line }, body });
  if ("span" in target)
    return request("POST /spans/:number/block", { params: { number: target.span }, body });
  return request("POST /trunk-groups/:id/block", { params: { id: target.group }, body });
}

export function unblock(target: Target): Promise<null> {
  if ("line" in target) return request("POST /lines/:id/unblock", { params: { id: target.line } });
  if ("span" in target) return request("POST /spans/:number/unblock", { params: { number: target.span } });
  return request("POST /trunk-groups/:id/unblock", { params: { id: target.group } });
}

export function test(target: Target): Promise<LineTest> {
  if ("line" in target) return request("POST /lines/:id/test", { params: { id: target.line } });
  if ("span" in target) return request("POST /spans/:number/test", { params: { number: target.span } });
  return request("POST /trunk-groups/:id/test", { params: { id: target.group } });
}

/** A line's service in words, where there is something to say. */
export function serviceWords({ state, outOfService }: LineView): string | undefined {
  if (outOfService === undefined) return state === "blocked" ? t("service.failed") : undefined;
  return state === "in-use" ? t("service.draining") : t(`service.by.${outOfService}`);
}
