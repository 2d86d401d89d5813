// One outgoing call that is a fax: a trunk group after another, T.30 once it is answered, and its story in the journal.
import { whenAudio } from "../calls/audio-wait.ts";
import type { DialPlan } from "../calls/plan.ts";
import { cause } from "../calls/state.ts";
import type { DialRequest, Leg, Lines } from "../lines/leg.ts";
import type { FaxEnd, FaxProgress } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { codeOf } from "../shared/errors.ts";
import type { Note } from "../shared/journal.ts";

export interface FaxDialDeps {
  readonly lines: Pick<Lines, "dial">;
  readonly plan: Pick<DialPlan, "reach">;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly note: Note;
  /** Our station identification: digits, `+` and spaces, at most 20. */
  readonly ident: () => string;
  /** The line above each page, and the time zone of its date, as POSIX has it. */
  readonly header: () => { readonly text: string; readonly zone: string };
}

export interface FaxToDial {
  readonly to: string;
  /** TIFF. */
  readonly path: string;
  /** As the journal names it. */
  readonly file: string;
  readonly by: string;
  /** A trunk group's channel is held, until it ends. */
  readonly onDialled: (call: string, group: string | undefined) => void;
  readonly onAnswer: () => void;
  readonly onPage: (progress: FaxProgress) => void;
}

export type FaxResult =
  /** T.30's own word for how it ended; `no-answer` when nobody was there. */
  | {
      readonly type: "called";
      readonly call: string;
      readonly status: string;
      readonly pages: number;
      readonly cause: number;
    }
  /** No line was free, or none works. */
  | { readonly type: "no-line" }
  /** By the dial plan, as Q.850 has it: another try changes nothing. */
  | { readonly type: "refused"; readonly cause: number };

/** T.30 gives an answering machine 35 s; before it, the telephone rings as long as anybody lets it. */
const ringMs = 60_000;
const nobody = { digits: "", type: "unknown", presentation: "unavailable" } as const;

export async function dialFax(ask: FaxToDial, deps: FaxDialDeps, signal: AbortSignal): Promise<FaxResult> {
  const reached = deps.plan.reach({ outside: ask.to }, "box", nobody);
  if ("refused" in reached) return { type: "refused", cause: reached.refused };
  // Whoever answers an emergency call is not to hear a modem.
  if (reached.requests.some(({ emergency }) => emergency === true))
    return { type: "refused", cause: cause.notAllowed };
  for (const request of reached.requests) {
    const leg = seize(deps.lines, request);
    if (leg === undefined) continue;
    const group = "group" in request.via ? { group: request.via.group } : {};
    return speak(ask, leg, { ...group, ...(reached.charge ?? {}) }, deps, signal);
  }
  return { type: "no-line" };
}

function seize(lines: Pick<Lines, "dial">, request: DialRequest): Leg | undefined {
  try {
    return lines.dial(request);
  } catch (error) {
    const known = ["ERR_LINE_BUSY", "ERR_LINE_DOWN", "ERR_LINE_UNKNOWN"];
    if (!known.includes(codeOf(error) ?? "")) throw error;
    return undefined;
  }
}

async function speak(
  { to, path, file, by, onDialled, onAnswer, onPage }: FaxToDial,
  leg: Leg,
  over: { readonly group?: string; readonly class?: string; readonly payer?: string },
  { clock, newId, note, ident, header }: FaxDialDeps,
  signal: AbortSignal,
): Promise<FaxResult> {
  const call = newId();
  const { group } = over;
  const line = leg.line.id;
  const via = group === undefined ? {} : { group };
  note({
    type: "call.started",
    call,
    direction: "out",
    caller: { number: ident() },
    called: to,
    line,
    ...via,
  });
  note({ type: "leg.added", call, leg: leg.id, role: "called", direction: "out", line, number: to, ...over });
  onDialled(call, group);
  const answered = Promise.withResolvers<boolean>();
  const released = Promise.withResolvers<number>();
  leg.events.on((event) => {
    switch (event.type) {
      case "proceeding":
      case "alerting":
        return note({ type: "leg.state", call, leg: leg.id, state: event.type });
      case "answered":
        note({ type: "leg.state", call, leg: leg.id, state: "connected" });
        note({ type: "call.answered", call });
        return answered.resolve(true);
      case "released":
        note({ type: "leg.ended", call, leg: leg.id, cause: event.cause, by: event.by });
        answered.resolve(false);
        return released.resolve(event.cause);
      default:
        return undefined;
    }
  });
  const giveUp = (): void => leg.release(cause.normal);
  const cancel = clock.after(ringMs, giveUp);
  signal.addEventListener("abort", giveUp);
  let end: FaxEnd | undefined;
  if (await answered.promise) {
    cancel();
    onAnswer();
    try {
      const port = await new Promise<Leg["media"]>((resolve) => whenAudio(() => leg.media, clock, resolve));
      const { text, zone } = header();
      end = await port?.fax({ calling: true, send: path, ident: ident(), header: text, zone, onPage })
        .finished;
    } finally {
      leg.release(cause.normal);
    }
  }
  cancel();
  const why = await released.promise;
  signal.removeEventListener("abort", giveUp);
  const status = end === undefined ? "no-answer" : end.reason === "done" ? end.status : "dropped";
  const pages = end?.pages ?? 0;
  note({
    type: "fax.sent",
    call,
    to,
    by,
    file,
    pages,
    whole: status === "ok",
    status,
    bitRate: end?.bitRate ?? 0,
    errorCorrection: end?.errorCorrection ?? false,
    ...(end?.far === undefined ? {} : { far: end.far }),
  });
  note({ type: "call.ended", call, cause: why, by: end === undefined ? "called" : "box" });
  return { type: "called", call, status, pages, cause: why };
}
