// A technician's ear on a channel: a telephone of the box hears it until it is hung up; whoever talks there does not notice.
import type { Board, Tap } from "../boards/board.ts";
import type { MediaEngine } from "../media/engine.ts";
import type { Clock } from "../shared/clock.ts";
import { CallboxError } from "../shared/errors.ts";
import type { Logger } from "../shared/log.ts";
import type { Lines, TapAsk } from "./leg.ts";
import { ringPhone } from "./ring-phone.ts";

/** Resolves when the telephone has been answered. @throws ERR_UNSUPPORTED, ERR_LINE_UNKNOWN, what `ringPhone` and the board throw */
export async function tapLine(
  own: {
    readonly boards: readonly Board[];
    readonly media: Pick<MediaEngine, "open">;
    readonly lines: Pick<Lines, "list" | "dial">;
    readonly clock: Clock;
    readonly log: Logger;
  },
  line: string,
  { extension, ...what }: TapAsk,
): Promise<void> {
  const { boards, media, lines, clock, log } = own;
  const info = lines.list().find(({ id }) => id === line);
  if (info === undefined) throw new CallboxError("ERR_LINE_UNKNOWN", { detail: line });
  const board = boards.find(({ spans }) => spans.some(({ number }) => number === info.span));
  if (board?.tap === undefined) throw new CallboxError("ERR_UNSUPPORTED", { detail: "tapping a line" });
  const leg = await ringPhone(lines, clock, extension);
  let tap: Tap | undefined;
  try {
    tap = board.tap(info.channel, what);
    const ear = media.open(tap.audio);
    if (leg.media !== undefined) ear.connect(leg.media);
    const opened = tap;
    leg.events.on(({ type }) => {
      if (type !== "released") return;
      ear
        .close()
        .then(() => opened.close())
        .catch((error: unknown) => log.error({ err: error, line }, "a tap could not be closed"));
    });
    log.info({ line, extension, ...what }, "a line is tapped");
  } catch (error) {
    tap?.close();
    leg.release(normal);
    throw error;
  }
}

/** Q.850: normal call clearing. */
const normal = 16;
