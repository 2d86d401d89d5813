// Every error that Callbox raises on purpose carries a code from the one table in error-codes.ts.
import { errorCodes, type ErrorCode } from "./error-codes.ts";

export type { ErrorCode } from "./error-codes.ts";

export interface ErrorDetails {
  /** What exactly was wrong here: names, values, places. Never a secret. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/** An error with a stable code, a sentence that says what happened, and what to do about it. */
export class CallboxError extends Error {
  override readonly name = "CallboxError";
  readonly code: ErrorCode;
  readonly detail: string | undefined;

  constructor(code: ErrorCode, { detail, cause }: ErrorDetails = {}) {
    const message =
      detail === undefined ? errorCodes[code].message : `${errorCodes[code].message}: ${detail}`;
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }

  get remedy(): string {
    return errorCodes[this.code].remedy;
  }
}

/** The code of any thrown value: a CallboxError's own, a system error's (`ENOENT`), or `undefined`. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
