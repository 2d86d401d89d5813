// Out of service by a person's word, which the settings keep: what it covers, and by what a line is covered.
import type { OutOfService } from "../config/settings.ts";

/** What may be taken out of service, put back, cleared or tested. */
export type LineTarget = { readonly line: string } | { readonly span: number } | { readonly group: string };

interface Place {
  readonly id: string;
  readonly span: number;
  readonly group?: string;
}

export function covers(target: LineTarget, { id, span, group }: Place): boolean {
  if ("line" in target) return target.line === id;
  return "span" in target ? target.span === span : target.group === group;
}

/** By what a line is out of service; `undefined` when it is in. The narrowest wins: it must be put back first. */
export function outOfServiceBy(
  entries: readonly OutOfService[],
  place: Place,
): "line" | "span" | "group" | undefined {
  const found = entries.filter((entry) => covers(entry, place));
  if (found.some((entry) => "line" in entry)) return "line";
  if (found.some((entry) => "span" in entry)) return "span";
  return found.length > 0 ? "group" : undefined;
}

export const targetName = (target: LineTarget): string =>
  "line" in target
    ? `line ${target.line}`
    : "span" in target
      ? `span ${target.span}`
      : `trunk group ${target.group}`;
