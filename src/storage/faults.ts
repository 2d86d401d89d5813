// SQLite's result codes in the words of Callbox, so that whoever reads the log knows what to do.
import { CallboxError, codeOf, type ErrorCode } from "../shared/errors.ts";

/** @returns the error as one with a code of ours; undefined when it is no fault of database, file or disk. */
export function storageFault(error: unknown, path: string): CallboxError | undefined {
  if (error instanceof CallboxError) return error;
  const code = ours(codeOf(error) ?? "");
  if (code === undefined) return undefined;
  return new CallboxError(code, {
    detail: `${path}: ${error instanceof Error ? error.message : String(error)}`,
    cause: error,
  });
}

/** Does the work, and throws what goes wrong with the storage under a code of ours. */
export function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw storageFault(error, path) ?? error;
  }
}

function ours(code: string): ErrorCode | undefined {
  if (/^SQLITE_FULL|^ENOSPC|^EDQUOT/.test(code)) return "ERR_STORAGE_FULL";
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(code)) return "ERR_STORAGE_CORRUPT";
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|PERM|AUTH|BUSY|LOCKED|NOLFS|PROTOCOL)|^E[A-Z]+$/.test(code))
    return "ERR_STORAGE_UNUSABLE";
  return undefined;
}
