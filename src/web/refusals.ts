// Errors as the API says them: a status, and always code, message and remedy from the one table.
import { issuesOf } from "../config/issues.ts";
import { errorCodes } from "../shared/error-codes.ts";
import { CallboxError, type ErrorCode } from "../shared/errors.ts";
import type { Issue, Refusal } from "./api/common.ts";

export interface RefusalReply {
  readonly status: number;
  readonly body: Refusal;
  /** A fault of ours, which belongs in the log. */
  readonly fault: boolean;
}

const statuses: Partial<Record<ErrorCode, number>> = {
  ERR_AUDIO_FORMAT: 422,
  ERR_AUDIO_LONG: 422,
  ERR_CLOSED: 503,
  ERR_CONSOLE_NOT_BUILT: 503,
  ERR_FLOW_INVALID: 422,
  ERR_FORBIDDEN: 403,
  ERR_NOT_FOUND: 404,
  ERR_NOT_SIGNED_IN: 401,
  ERR_ORIGIN_FOREIGN: 403,
  ERR_PASSWORD_MUST_CHANGE: 403,
  ERR_PASSWORD_SAME: 422,
  ERR_PASSWORD_WRONG: 403,
  ERR_PROMPT_NAME: 422,
  ERR_PROMPT_SILENT: 422,
  ERR_RECORD_NO_AGENT: 422,
  ERR_REPORTS_BUSY: 429,
  ERR_REQUEST_INVALID: 400,
  ERR_REQUEST_TOO_LARGE: 413,
  ERR_REQUESTS_TOO_MANY: 429,
  ERR_PAUSE_REASON: 422,
  ERR_SETTINGS_INVALID: 422,
  ERR_SETTINGS_UNWRITABLE: 503,
  ERR_SHIFTS: 422,
  ERR_SIGN_IN: 401,
  ERR_STORAGE_CORRUPT: 503,
  ERR_STORAGE_FULL: 503,
  ERR_STORAGE_UNUSABLE: 503,
  ERR_WRAP_UP_CODE: 422,
};

/** Never throws, and tells nothing of what went wrong inside. */
export function refusalOf(error: unknown): RefusalReply {
  if (error instanceof CallboxError) {
    const status = statusOf(error.code);
    const issues = issuesOf(error);
    return { status, body: bodyOf(error.code, error.detail, issues), fault: status >= 500 };
  }
  const { status, issues, text } = ofFastify(error);
  if (status === 413) return { status, body: bodyOf("ERR_REQUEST_TOO_LARGE"), fault: false };
  if (status === 429) return { status, body: bodyOf("ERR_REQUESTS_TOO_MANY"), fault: false };
  if (status === 404) return { status, body: bodyOf("ERR_NOT_FOUND"), fault: false };
  if (issues !== undefined)
    return { status: 422, body: bodyOf("ERR_REQUEST_INVALID", said(issues), issues), fault: false };
  if (status >= 400 && status < 500)
    return { status, body: bodyOf("ERR_REQUEST_INVALID", text), fault: false };
  return { status: 500, body: bodyOf("ERR_INTERNAL"), fault: true };
}

function statusOf(code: ErrorCode): number {
  const own = statuses[code];
  if (own !== undefined) return own;
  if (code.endsWith("_UNKNOWN")) return 404;
  // What was asked is known but cannot be done as things are.
  return 409;
}

export function bodyOf(code: ErrorCode, detail?: string, issues: readonly Issue[] = []): Refusal {
  const { message, remedy } = errorCodes[code];
  return {
    code,
    message: detail === undefined ? message : `${message}: ${detail}`,
    remedy,
    ...(detail === undefined ? {} : { detail }),
    ...(issues.length === 0 ? {} : { issues: [...issues] }),
  };
}

const said = (issues: readonly Issue[]): string =>
  issues
    .slice(0, 4)
    .map(({ path, message }) => `${path} ${message}`.trim())
    .join("; ");

/** What fastify and its plugins throw: a status, and for what does not fit a schema where. */
function ofFastify(error: unknown): {
  readonly status: number;
  readonly issues: readonly Issue[] | undefined;
  readonly text: string | undefined;
} {
  if (typeof error !== "object" || error === null) return { status: 500, issues: undefined, text: undefined };
  const status = "statusCode" in error && typeof error.statusCode === "number" ? error.statusCode : 500;
  const text = error instanceof Error ? error.message : undefined;
  const wrong = "validation" in error && Array.isArray(error.validation) ? error.validation : undefined;
  const issues = wrong?.map((one: { instancePath?: string; message?: string }) => ({
    path: one.instancePath ?? "",
    message: one.message ?? "is wrong",
  }));
  return { status, issues, text };
}
