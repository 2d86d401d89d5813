// What both kinds of analog line have in common: the open port, its audio, its alarms, its place in the settings.
import type { AnalogEvent, AnalogPort, OpenAnalogPort } from "../../boards/board.ts";
import type { AnalogSettings } from "../../config/settings.ts";
import type { CallerIdForm } from "../../media/tones.ts";
import { createAlarmHold } from "../alarm-hold.ts";
import { createAudioHolder, type AudioHolder } from "../audio-holder.ts";
import { lineState, type Line, type LineContext } from "../context.ts";
import type { KeptLeg, KeptLine, LineInfo } from "../leg.ts";
import { passed, type Check } from "../line-test.ts";
import { createMeasuring, type Measuring } from "../measuring.ts";
import { outOfServiceBy } from "../service.ts";

export interface AnalogLine extends Line {
  /** The span or the port is out of order: its leg is released as a fault. */
  fail(): void;
  close(): Promise<void>;
}

/** A leg of an earlier run on a line of this kind. */
export type KeptOn<Kind extends KeptLine["kind"]> = KeptLeg & {
  readonly own: Extract<KeptLine, { readonly kind: Kind }>;
};

export interface PortBase {
  readonly id: string;
  readonly port: OpenAnalogPort;
  readonly audio: AudioHolder;
  info(): LineInfo;
  outOfService(): boolean;
  /** An analog line's exchange answers nothing: only the card's own view of the port can be tested. */
  test(): Promise<readonly Check[]>;
  readonly measuring: Measuring;
  close(): Promise<void>;
}

export interface PortListener {
  readonly signal: (event: AnalogEvent) => void;
  /** An alarm has lasted, or the card is gone. */
  readonly fail: () => void;
  readonly changed: () => void;
  /** The machine has the line. */
  readonly inUse: () => boolean;
}

/** Opens the port. @param goOn as an earlier run of the program left it @throws what the board throws */
export function openPort(
  context: LineContext,
  channel: AnalogPort,
  spanAlarm: () => boolean,
  listener: PortListener,
  goOn = false,
): PortBase {
  const port = channel.open({
    goOn,
    audio() {
      const span = context.settings().spans.find(({ span }) => span === channel.span.number);
      return { ...span?.audio, ...portSettings(context, channel)?.audio };
    },
  });
  const audio = createAudioHolder(context, {
    acquire: () => port.audio,
    release: () => undefined,
    loudness: { inCall: listener.inUse, changed: listener.changed },
  });
  const hold = createAlarmHold(context.clock, context.timing.alarmPersistenceMs, {
    fail: listener.fail,
    recover: () => undefined,
  });
  let removed = false;

  const alarm = (active: boolean): void => {
    if (hold.set(active)) listener.changed();
  };
  port.events.on((event) => {
    switch (event.type) {
      case "alarm":
      case "alarm-clear":
        return alarm(event.type === "alarm");
      case "removed":
        removed = true;
        listener.fail();
        return listener.changed();
      default:
        return listener.signal(event);
    }
  });
  const info = (): LineInfo => {
    const description = describe(context, channel);
    return {
      ...description,
      state: lineState({
        alarm: spanAlarm() || hold.active,
        down: removed,
        blocked: description.outOfService !== undefined,
        inUse: listener.inUse() || measuring.active,
      }),
      ...(audio.tooLoud === undefined ? {} : { tooLoud: audio.tooLoud }),
    };
  };
  const measuring = createMeasuring(context.clock, audio, info, listener.inUse);
  return {
    id: lineId(channel),
    port,
    audio,
    info,
    measuring,
    outOfService: () => describe(context, channel).outOfService !== undefined,
    test: () => Promise.resolve([passed("alarms", !spanAlarm()), passed("port", !removed && !hold.active)]),
    async close() {
      measuring.end();
      hold.cancel();
      await audio.close();
      await port.close();
    },
  };
}

/** What the settings say of a port. */
export function portSettings({ settings }: LineContext, channel: AnalogPort): AnalogSettings | undefined {
  return settings().analog.find(({ port }) => isAt(channel, port));
}

const isAt = (
  { span, position }: AnalogPort,
  place: { readonly span: number; readonly position: number } | undefined,
): boolean => place?.span === span.number && place.position === position;

/** How identities are told on a port: as its settings say, else as the country's exchanges do. */
export function callerForm(context: LineContext, channel: AnalogPort): CallerIdForm | undefined {
  const { callerId } = context;
  const own = portSettings(context, channel)?.callerId;
  if (own === undefined || own === callerId?.form) return callerId;
  return own === "none" ? undefined : { form: own };
}

/** The line of a port that could not be opened. */
export function describeDown(context: LineContext, channel: AnalogPort): LineInfo {
  return { ...describe(context, channel), state: "down" };
}

export const lineId = (channel: AnalogPort): string => `${channel.span.number}/${channel.position}`;

function describe(context: LineContext, channel: AnalogPort): Omit<LineInfo, "state"> {
  const { number, position, span, role } = channel;
  const settings = context.settings();
  const own = portSettings(context, channel);
  const extension = role === "fxs" ? settings.extensions.find(({ port }) => isAt(channel, port)) : undefined;
  const place = {
    id: lineId(channel),
    span: span.number,
    ...(role === "fxo" && own?.group !== undefined ? { group: own.group } : {}),
  };
  const outOfService = outOfServiceBy(settings.outOfService ?? [], place);
  return {
    ...place,
    kind: role,
    position,
    channel: number,
    name: own?.name ?? extension?.name ?? `${span.name} ${position}`,
    ...(extension === undefined ? {} : { extension: extension.number }),
    ...(outOfService === undefined ? {} : { outOfService }),
  };
}
