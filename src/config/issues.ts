// What is wrong in settings, each thing at its place, and how that is said in one error.
import { CallboxError, type ErrorCode } from "../shared/errors.ts";

export interface Issue {
  /** JSON pointer (`/agents/0/queues/1`); empty for the whole. */
  readonly path: string;
  readonly message: string;
  /** Of the file's text, 1 and up. */
  readonly line?: number;
  readonly column?: number;
}

const shown = 8;

/** An error whose detail names file, places and what is wrong there; `issuesOf` gives them one by one. */
export function settingsError(code: ErrorCode, where: string, issues: readonly Issue[]): CallboxError {
  const said = issues.slice(0, shown).map(({ path, message, line, column }) => {
    const place = line === undefined ? path : `line ${line} column ${column ?? 1}`;
    return place === "" ? message : `${place} ${message}`;
  });
  const rest = issues.length > shown ? `; and ${issues.length - shown} more` : "";
  return new CallboxError(code, { detail: `${where}: ${said.join("; ")}${rest}`, cause: { issues } });
}

export function issuesOf(error: unknown): readonly Issue[] {
  if (!(error instanceof CallboxError)) return [];
  const { cause } = error;
  return typeof cause === "object" && cause !== null && "issues" in cause
    ? (cause.issues as readonly Issue[])
    : [];
}
