// What a message is, and which values it wants.

import type { ErrorCode } from "../../web/api/common.ts";

/** What a language says for the server's error codes; those that no console shows are left out. */
export type Refusals = Readonly<
  Partial<Record<ErrorCode, { readonly message: string; readonly remedy: string }>>
>;

export interface Plural {
  readonly one: string;
  readonly other: string;
}

type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;
type TextOf<M extends string | Plural> = M extends Plural ? M["other"] : M extends string ? M : never;
type Values<N extends string> = { readonly [K in N]: K extends "n" ? number : string | number };

/** The rest parameters of `t`: none when the message has no placeholders. */
export type ParamsIn<M extends string | Plural> = [Names<TextOf<M>>] extends [never]
  ? readonly []
  : readonly [Values<Names<TextOf<M>>>];

/** The placeholders of a message, for tests that compare languages. */
export function placeholdersOf(message: string | Plural): readonly string[] {
  const text = typeof message === "string" ? message : `${message.one}${message.other}`;
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? ""))].sort();
}
