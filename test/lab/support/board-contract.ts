// boards/dahdi against the real driver: the contract of boards, case by case, over spans that are wired to each other. Both
// ends of every line belong to one board; the far spans are the near ones' peers.
import { setTimeout as sleep } from "node:timers/promises";
import { driver } from "node-dahdi";
import { openDahdiBoard } from "../../../src/boards/dahdi/board.ts";
import type { Board, Channel, Span } from "../../../src/boards/board.ts";
import { parseProfile } from "../../../src/boards/profiles.ts";
import { createLogger } from "../../../src/shared/log.ts";
import { systemClock } from "../../../src/shared/clock.ts";
import { boardCases, type BoardCase, type BoardRig } from "../../contract/board.ts";
import { card } from "./driver.ts";
import type { Context } from "./scenario.ts";
import { channelAt, type SpanPlace, type SpanPlan } from "./spans.ts";

/** The spans that the contract wants. */
export const contractSpans: readonly SpanPlan[] = [
  { kind: "E1" },
  { kind: "BRI" },
  { kind: "analog", near: ["fxo", "fxs"] },
];

export async function boardContract(context: Context): Promise<void> {
  const failed: string[] = [];
  // Cases of the two ends of a telephone line need different ports: they share the time.
  const lanes = Object.groupBy(boardCases, ({ name }) => /^fx[os](?=:)/u.exec(name)?.[0] ?? "others");
  const warnings: string[] = [];
  const log = createLogger({ level: "warn", to: { write: (line) => void warnings.push(line) } });
  const runCase = async (boardCase: BoardCase): Promise<void> => {
    const board = openDahdiBoard({ clock: systemClock, profiles: [withCanceller], log });
    try {
      await boardCase.run(rigOf(context, board));
      context.log(`ok: ${boardCase.name}`);
    } catch (error) {
      context.log(
        `FAILS: ${boardCase.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      failed.push(boardCase.name);
    } finally {
      await board.close();
    }
  };
  const runLane = async (cases: readonly BoardCase[] = []): Promise<void> => {
    for (const boardCase of cases) await runCase(boardCase);
  };
  await runLane(lanes["others"]);
  await Promise.all([runLane(lanes["fxo"]), runLane(lanes["fxs"])]);
  context.log(`${boardCases.length - failed.length} of ${boardCases.length} cases hold`);
  context.equal(failed, [], "cases that fail");
  context.equal(warnings, [], "warnings: each canceller was attached");
}

/** Every port of the lab gets the driver's own canceller, as a card without one of its own would. */
const withCanceller = parseProfile(
  "lab.json",
  JSON.stringify({
    $schema: "./schema.json",
    id: "lab",
    vendor: "Callbox",
    model: "Span with an echo canceller",
    driver: "dahdi",
    kind: "analog",
    match: { spanName: "^(DYN/loc|TEST)/" },
    spansPerCard: 1,
    portsPerSpan: 2,
    portName: "Port {position}",
    defaults: { law: "alaw", echoCanceller: "oslec" },
  }),
);

function rigOf(context: Context, board: Board): BoardRig {
  const { near, far, hardware } = context.layout;
  const onCard = hardware === "card";
  const farPlace = (span: Span): SpanPlace => {
    const place = far[near.findIndex(({ number }) => number === span.number)];
    context.check(place !== undefined, `span ${span.number} is a near one`);
    return place;
  };
  return {
    board,
    linesAreDriven: onCard,
    far(channel): Channel {
      const place = farPlace(channel.span);
      const found = board.spans
        .find(({ number }) => number === place.number)
        ?.channels.find(({ position }) => position === channel.position);
      context.check(found !== undefined, `the far end of channel ${channel.number}`);
      return found;
    },
    pass: (ms) => sleep(ms),
    async cut(span) {
      const place = farPlace(span);
      if (onCard) card(`cut ${place.address}`);
      else withControl((control) => control.destroyDynamicSpan(address(place)));
      await Promise.resolve();
    },
    async mend(span) {
      const place = farPlace(span);
      if (onCard) card(`join ${place.address}`);
      else withControl((control) => restore(control, place));
      await Promise.resolve();
    },
    close: () => board.close(),
  };
}

const address = (place: SpanPlace): { readonly driver: string; readonly address: string } => ({
  driver: "loc",
  address: place.address,
});

/** Makes a digital span again and gives its channels their signalling, as dahdi_cfg did. */
function restore(control: driver.Control, place: SpanPlace): void {
  control.createDynamicSpan({ ...address(place), channels: place.channels, timing: 0 });
  const { CLEAR, HDLCFCS } = driver.constants.signalling;
  for (let position = 1; position <= place.channels; position++)
    control.configureChannel({
      channel: channelAt(place, position),
      signalling: position === place.data ? HDLCFCS : CLEAR,
      law: "alaw",
    });
}

function withControl(work: (control: driver.Control) => void): void {
  const control = driver.openControl();
  try {
    work(control);
  } finally {
    control.close();
  }
}
