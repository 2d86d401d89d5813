// Short messages over the page: what went wrong and what to do about it.
import { RefusedError, unreachableCode } from "./client.ts";
import { refusalWords, t } from "../i18n/i18n.svelte.ts";

export interface Toast {
  readonly id: number;
  readonly kind: "error" | "done";
  readonly message: string;
  readonly remedy: string;
  readonly code: string;
}

const shownMs = 8000;
let last = 0;
export const toasts = $state({ list: [] as readonly Toast[] });

export function dismiss(id: number): void {
  toasts.list = toasts.list.filter((toast) => toast.id !== id);
}

export function tell(message: string): void {
  show({ kind: "done", message, remedy: "", code: "" });
}

/** Shows what a request threw; anything else is thrown on. */
export function tellError(error: unknown): void {
  if (!(error instanceof RefusedError)) throw error;
  show({ kind: "error", ...wordsOf(error) });
}

export function wordsOf(error: RefusedError): { message: string; remedy: string; code: string } {
  const { code, message, remedy } = error.refusal;
  return code === unreachableCode
    ? { code, message: t("error.unreachable"), remedy: t("error.unreachable.remedy") }
    : refusalWords({ code, message, remedy });
}

/** Runs a command; what the server refuses becomes a toast. True when it was done. */
export async function attempt(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    tellError(error);
    return false;
  }
}

function show(toast: Omit<Toast, "id">): void {
  const id = ++last;
  toasts.list = [...toasts.list.slice(-3), { ...toast, id }];
  setTimeout(() => dismiss(id), shownMs);
}
