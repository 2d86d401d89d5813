// A driver of plain objects: what it has is data, what it was asked is kept, and errors are made to order.
import { driver } from "node-dahdi";
import type { DriverChannel, DriverControl, DriverFace } from "../../../src/boards/dahdi/driver-port.ts";

const { signalling } = driver.constants;

export interface FakeSpan {
  readonly number: number;
  readonly name?: string;
  /** What each channel can do, where that is asked. */
  readonly capabilities?: readonly number[];
  /** 0: telephone ports. */
  readonly lineCompatibility?: number;
  alarms?: number;
  /** Signalling of each channel, by position; 0 for one that is not configured. */
  readonly signalling: readonly number[];
}

export interface FakeDriver {
  readonly face: DriverFace;
  spans: readonly FakeSpan[];
  /** Calls of open channels: `7 hook off-hook`. */
  readonly calls: string[];
  /** Errno values to throw, by the beginning of a call; a list is used up from its start. */
  readonly failures: Map<string, string[]>;
  /** The driver tells an event on a channel. */
  tell(channel: number, event: keyof typeof driver.constants.events, digit?: string): void;
  frame(channel: number, frame: Uint8Array): void;
  readonly open: ReadonlySet<number>;
  /** Channels that draw current. */
  readonly lifted: Set<number>;
  readonly controlClosed: boolean;
}

export function driverError(errno: string): Error {
  return Object.assign(new Error(`refused: ${errno}`), {
    code: "ERR_DRIVER",
    errno,
    number: 1,
    operation: "test",
  });
}

/** An office: an E1 with a D-channel, a BRI, an FXO and an FXS port, a port that is broken. */
export const office: readonly FakeSpan[] = [
  {
    number: 1,
    signalling: Array.from({ length: 31 }, (_, at) => (at === 15 ? signalling.HDLCFCS : signalling.CLEAR)),
  },
  { number: 2, signalling: [signalling.CLEAR, signalling.CLEAR, signalling.HARDHDLC] },
  { number: 4, signalling: [signalling.FXSKS, signalling.FXOKS, signalling.BROKEN | signalling.FXOKS] },
];

export function createFakeDriver(): FakeDriver {
  const calls: string[] = [];
  const failures = new Map<string, string[]>();
  const open = new Set<number>();
  const lifted = new Set<number>();
  const eventListeners = new Map<number, (code: number, at: number) => void>();
  const frameListeners = new Map<number, (frame: Uint8Array) => void>();
  /** Signalling that channels were given, by number. */
  const assigned = new Map<number, number>();
  const configured = new Map<number, { readonly lineConfig: number; readonly lineBuildOut: number }>();
  let controlClosed = false;

  const fail = (call: string): void => {
    for (const [beginning, errnos] of failures) {
      if (call !== beginning && !call.startsWith(`${beginning} `)) continue;
      const errno = errnos.shift();
      if (errno !== undefined) throw driverError(errno);
    }
  };
  /** Any method: records itself, fails to order, and answers what the board reads. */
  const recorder = (
    prefix: string,
    answers: Readonly<Record<string, (...given: never[]) => unknown>>,
  ): object =>
    new Proxy(answers, {
      get:
        (_, name) =>
        (...given: unknown[]) => {
          const call = [
            prefix,
            String(name),
            ...given.map((value) => (typeof value === "function" ? "" : JSON.stringify(value))),
          ]
            .join(" ")
            .replaceAll('"', "")
            .trim();
          calls.push(call);
          fail(call);
          const answer = answers[String(name)] as ((...values: unknown[]) => unknown) | undefined;
          return answer?.(...given);
        },
    });

  const firstChannel = (span: FakeSpan): number =>
    1 +
    fake.spans
      .filter(({ number }) => number < span.number)
      .reduce((sum, each) => sum + each.signalling.length, 0);
  const signallingOf = (span: FakeSpan): readonly number[] =>
    span.signalling.map((type, index) => assigned.get(firstChannel(span) + index) ?? type);
  const control = {
    spanStatus(number: number) {
      const span = fake.spans.find((each) => each.number === number);
      if (span === undefined) throw driverError("EINVAL");
      return {
        number,
        name: span.name ?? `FAKE/${number}`,
        description: "",
        deviceType: "Fake",
        alarms: span.alarms ?? 0,
        configuredChannels: signallingOf(span).filter((type) => type !== 0).length,
        lineCompatibility: span.lineCompatibility ?? 0xfff0,
        totalChannels: span.signalling.length,
        totalSpans: fake.spans.length,
        syncSource: 0,
        lineConfig: configured.get(number)?.lineConfig ?? 0,
        lineBuildOut: configured.get(number)?.lineBuildOut ?? 0,
        bipolarViolations: 3,
        crc4Errors: 0,
        eBitErrors: 0,
        frameAlignmentErrors: 0,
        framingErrors: 0,
        codeViolations: 0,
        bitErrors: 0,
        erroredSeconds: 0,
        irqMisses: 0,
      };
    },
    timingSlips: () => 0,
    params(channel: number) {
      for (const span of fake.spans) {
        const type = signallingOf(span)[channel - firstChannel(span)];
        if (type !== undefined && channel >= firstChannel(span))
          return {
            number: channel,
            span: span.number,
            position: 1 + channel - firstChannel(span),
            signalling: type,
            capabilities: span.capabilities?.[channel - firstChannel(span)] ?? 0x380,
          };
      }
      throw driverError("EINVAL");
    },
    configureChannel: (config: { readonly channel: number; readonly signalling: number }) =>
      assigned.set(config.channel, config.signalling),
    configureSpan: (config: {
      readonly span: number;
      readonly lineConfig: number;
      readonly lineBuildOut: number;
    }) => configured.set(config.span, config),
    loadToneZone: () => 0,
    close: () => (controlClosed = true),
  };
  const channelOf = (number: number): object =>
    recorder(String(number), {
      onEvent: (listener: (code: number, at: number) => void) => eventListeners.set(number, listener),
      onFrame: (listener: (frame: Uint8Array) => void) => frameListeners.set(number, listener),
      params: () => ({ rxOffHook: lifted.has(number) }),
      hook: (state: string) => (state === "ring" || state === "flash" ? "in-progress" : "done"),
      sendFrame: () => true,
      rxBits: () => 0xd9,
      close() {
        open.delete(number);
        eventListeners.delete(number);
        frameListeners.delete(number);
      },
    });
  const fake: FakeDriver = {
    face: {
      openControl() {
        fail("openControl");
        return recorder("ctl", control) as DriverControl;
      },
      openPseudo() {
        fail("openPseudo");
        open.add(0);
        return channelOf(0) as ReturnType<DriverFace["openPseudo"]>;
      },
      openChannel(number) {
        fail(`openChannel ${number}`);
        open.add(number);
        return channelOf(number) as DriverChannel;
      },
    },
    spans: office,
    calls,
    failures,
    open,
    lifted,
    tell(channel, event, digit = "\0") {
      const code = driver.constants.events[event];
      eventListeners.get(channel)?.(code >= 0x10000 ? code | digit.charCodeAt(0) : code, 0);
    },
    frame: (channel, frame) => frameListeners.get(channel)?.(frame),
    get controlClosed() {
      return controlClosed;
    },
  };
  return fake;
}
