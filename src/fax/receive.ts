// Takes a fax: the pages go to memory while the line is up, for modems wait for no disk; then to the mailbox, as TIFF and PDF.
import { chmod, copyFile, mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { whenAudio } from "../calls/audio-wait.ts";
import type { Call, Handler } from "../calls/call.ts";
import { cause } from "../calls/state.ts";
import type { FaxEnd, FaxSession, MediaPort } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import type { Note } from "../shared/journal.ts";
import type { Logger } from "../shared/log.ts";
import { writePdf } from "./document.ts";

export interface FaxDeps {
  /** Where faxes are kept; the journal names files relative to it. */
  readonly folder: string;
  /** A folder in memory, for what is being received. */
  readonly work: string;
  /** Our station identification: digits, `+` and spaces, at most 20. */
  readonly ident: () => string;
  readonly clock: Clock;
  readonly note: Note;
  readonly log: Logger;
  /** Makes a PDF of a TIFF; the program tiff2pdf unless a test gives another. */
  readonly toPdf?: (tiff: string, pdf: string) => Promise<void>;
}

/** Takes the call over; in the end it is hung up. Resolves when the fax is kept, or there is none. */
export async function takeFax(call: Call, mailbox: string, deps: FaxDeps): Promise<void> {
  const { work, ident, clock, log } = deps;
  let session: FaxSession | undefined;
  const handler: Handler = {
    phase: "fax",
    where: mailbox,
    event: () => undefined,
    dropped: () => session?.stop(),
  };
  call.answer();
  call.handle(handler);
  if (call.state.ended !== null) return;
  const port = await new Promise<MediaPort | undefined>((resolve) =>
    whenAudio(() => call.port(), clock, resolve),
  );
  if (port === undefined) return call.end(cause.temporaryFailure);
  const stamp = new Date(clock.now()).toISOString().slice(0, 19).replace(/[-:]/g, "");
  const file = `${mailbox}/${stamp}-${call.id}.tif`;
  try {
    const folder = await mkdtemp(join(work, "callbox-fax-"));
    try {
      const received = join(folder, "fax.tif");
      session = port.fax({ calling: false, receive: received, ident: ident() });
      const end = await session.finished;
      await keep(call, mailbox, file, received, end, deps);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  } catch (error) {
    log.error({ err: error, call: call.id, file }, "a fax could not be received");
  }
  call.unhandle(handler);
  call.end(cause.normal);
}

async function keep(
  call: Call,
  mailbox: string,
  file: string,
  received: string,
  { pages, status, reason, bitRate, errorCorrection, badRows, far }: FaxEnd,
  { folder, note, log, toPdf = writePdf }: FaxDeps,
): Promise<void> {
  // Who hangs up at once after the last word closes the port.
  const whole = status === "ok";
  const kept = pages > 0 && (await exists(received));
  if (kept) {
    const target = join(folder, file);
    await mkdir(dirname(target), { recursive: true });
    await moved(received, target);
    const pdf = target.replace(/\.tif$/u, ".pdf");
    await toPdf(target, pdf).catch((error: unknown) =>
      log.error({ err: error, file }, "a fax's PDF could not be made"),
    );
  }
  note({
    type: "fax.received",
    call: call.id,
    mailbox,
    ...(kept && { file }),
    pages,
    whole,
    status: whole || reason === "done" ? status : reason,
    bitRate,
    errorCorrection,
    badRows,
    ...(far !== undefined && { far }),
  });
}

/** From memory to the disk: under its name only when it is whole. */
async function moved(from: string, to: string): Promise<void> {
  const unfinished = `${to}.part`;
  await copyFile(from, unfinished);
  await chmod(unfinished, 0o640);
  await rename(unfinished, to);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
