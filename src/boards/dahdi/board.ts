// The board made of all spans that the DAHDI driver has. Needs /dev/dahdi/ctl and /dev/dahdi/channel alone.
import type { Cancel, Clock } from "../../shared/clock.ts";
import { CallboxError } from "../../shared/errors.ts";
import { createEmitter } from "../../shared/events.ts";
import { silentLogger, type Logger } from "../../shared/log.ts";
import type { BoardProfile } from "../profiles.ts";
import type { Board, BoardEvent } from "../board.ts";
import { readCards } from "./cards.ts";
import { noDescriptors, type Descriptors } from "./descriptors.ts";
import { discover, fingerprint, isOfUse, spanStatuses, type FoundSpan } from "./discovery.ts";
import {
  callboxError,
  findToneZone,
  isDriverError,
  realDriver,
  type DriverControl,
  type DriverFace,
} from "./driver-port.ts";
import type { Site } from "./holder.ts";
import { createSpan, setUp, type KnownSpan } from "./span.ts";
import { openTap } from "./tap.ts";

export interface DahdiBoardOptions {
  readonly clock: Clock;
  /** Card models that are known: law and echo canceller of their ports. Default none. */
  readonly profiles?: readonly BoardProfile[];
  /**
   * Tone zone to load and to make the default one (two letters): ringing and pulse dialling need one. Default: what
   * dahdi_cfg loaded.
   */
  readonly toneZone?: string;
  /** Which spans are put to their usual use when nobody has configured a channel of them. Default none. */
  readonly mine?: (span: number) => boolean;
  readonly log?: Logger;
  readonly driver?: DriverFace;
  /** Who holds open channels over a crash. Default nobody. */
  readonly descriptors?: Descriptors;
}

/** Alarms and hot plug are looked for so often; open channels tell their alarms at once. */
const lookEveryMs = 1000;

/**
 * Finds all spans and channels of the driver.
 * @throws ERR_DRIVER_MISSING when it is not loaded, ERR_DRIVER when it refuses.
 */
export function openDahdiBoard(options: DahdiBoardOptions): Board {
  const { clock, profiles = [], driver = realDriver, toneZone, log = silentLogger } = options;
  const { mine = () => false, descriptors = noDescriptors } = options;
  const control = openControl(driver);
  const events = createEmitter<BoardEvent>();
  let known: readonly KnownSpan[] = [];
  let closed = false;
  let timer: Cancel | undefined;
  const site: Site = {
    driver,
    descriptors,
    clock,
    holders: new Set(),
    hardwareGains: new Map(),
    isClosed: () => closed,
    alarmed: () => clock.after(0, look),
    assigned(span) {
      known = known.filter((each) => each.span !== span);
      events.emit({ type: "span-removed", span });
      rescan();
    },
    log,
    attachCanceller: (channel, canceller) => control.attachEchoCanceller(channel, canceller),
    loadTones: () => loadToneZone(control, toneZone ?? "us"),
  };

  const foundSpans = (): readonly FoundSpan[] => {
    const found = discover(control);
    const idle = found.filter(
      ({ status, channels }) => mine(status.number) && channels.every(({ use }) => use === "unused"),
    );
    for (const each of idle) {
      try {
        setUp(each, control, profiles);
        log.info({ span: each.status.number, card: each.status.description }, "put to use");
      } catch (error) {
        log.warn({ err: error, span: each.status.number }, "the card refuses to be put to use");
      }
    }
    return idle.length === 0 ? found : discover(control);
  };
  const rescan = (): void => {
    const before = new Map(known.map((span) => [`${span.span.number} ${span.fingerprint}`, span]));
    const found = foundSpans();
    const added: KnownSpan[] = [];
    known = found.map((each) => {
      const key = `${each.status.number} ${fingerprint(each.status)}`;
      const same = before.get(key);
      before.delete(key);
      const span = same ?? createSpan(each, control, site, profiles);
      if (same === undefined) added.push(span);
      return span;
    });
    for (const { span } of before.values()) events.emit({ type: "span-removed", span });
    for (const { span } of added) events.emit({ type: "span-added", span });
  };
  const look = (): void => {
    if (closed) return;
    try {
      compare();
    } catch (error) {
      // It is looked again in a second; a board that cannot be read must not end the calls that are up.
      log.warn({ err: error }, "the driver's spans could not be read");
    }
  };
  const compare = (): void => {
    const statuses = spanStatuses(control);
    const prints = statuses.filter(isOfUse).map((status) => `${status.number} ${fingerprint(status)}`);
    const same = new Set(known.map((span) => `${span.span.number} ${span.fingerprint}`));
    if (prints.length !== same.size || prints.some((print) => !same.has(print))) rescan();
    for (const status of statuses) known.find(({ span }) => span.number === status.number)?.look(status);
  };
  const lookAgain = (): void => {
    timer = clock.after(lookEveryMs, () => {
      look();
      if (!closed) lookAgain();
    });
  };

  try {
    if (toneZone !== undefined) control.setDefaultToneZone(loadToneZone(control, toneZone));
    rescan();
  } catch (error) {
    control.close();
    throw callboxError(error, "finding the spans");
  }
  lookAgain();

  return {
    id: "dahdi",
    kind: "dahdi",
    get spans() {
      return known.map(({ span }) => span);
    },
    cards: () => readCards(),
    tap: (channel, what) => openTap(driver, channel, what),
    events,
    close() {
      if (!closed) {
        timer?.();
        for (const holder of [...site.holders]) holder.close();
        closed = true;
        events.clear();
        control.close();
      }
      return Promise.resolve();
    },
  };
}

function openControl(driver: DriverFace): DriverControl {
  try {
    return driver.openControl();
  } catch (error) {
    if (["ENOENT", "ENODEV", "ENXIO"].some((errno) => isDriverError(error, errno)))
      throw new CallboxError("ERR_DRIVER_MISSING", { cause: error });
    throw callboxError(error, "opening the driver");
  }
}

/** @returns the number of a country's zone, or of the one that is used where libtonezone does not know the country. */
function loadToneZone(control: DriverControl, country: string): number {
  const zone = findToneZone(country) ?? findToneZone("us");
  if (zone === undefined) throw new CallboxError("ERR_DRIVER", { detail: "libtonezone has no zones" });
  try {
    return control.loadToneZone(zone.country);
  } catch (error) {
    // Loaded already, and in use.
    if (isDriverError(error, "EBUSY")) return zone.number;
    throw error;
  }
}
