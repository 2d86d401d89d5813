// The lines of an ISDN span (E1 or BRI): one D-channel, its B-channels, and the calls between them.
import type { DataChannel, Span } from "../../boards/board.ts";
import { CallboxError } from "../../shared/errors.ts";
import type {
  CallId,
  CallIndication,
  Indication,
  Request,
  SetupIndication,
} from "../../signalling/isdn/types.ts";
import type { LineContext, SpanLines } from "../context.ts";
import type { DialRequest, KeptLeg, Leg } from "../leg.ts";
import { passed, type Check } from "../line-test.ts";
import { createBearerLine, type BearerLine } from "./bearer-line.ts";
import { createChannelCare } from "./channel-care.ts";
import { createDChannelRunner, type DChannelRunner } from "./dchannel-runner.ts";
import { createIsdnCall, type CallSpan, type IsdnCall } from "./isdn-call.ts";
import { isOnDemand, machineOptions } from "./machine-options.ts";
import { isOurs, typed, withPrefix } from "./number-types.ts";
import { gatherDigits, isWhole, type Gathering } from "./overlap.ts";
import { calledFrom, calledTo, callingFrom, callingTo } from "./party.ts";

/** Q.850: no circuit available; requested circuit not available; bearer capability not implemented. */
const noCircuit = 34;
const circuitNotAvailable = 44;
const bearerNotImplemented = 65;

const voice: readonly string[] = ["speech", "3.1kHz-audio", "unrestricted-digital-with-tones"];

export function createIsdnSpan(
  context: LineContext,
  span: Span,
  watch: {
    readonly alarm: () => boolean;
    readonly dataLinkChanged: () => void;
    /** A call began or ended. */
    readonly callsChanged: () => void;
  },
): SpanLines {
  const settings = context.settings().spans.find((own) => own.span === span.number);
  const side = settings?.side ?? "user";
  const prefixes = settings?.prefixes ?? {};
  const onBus = span.kind === "BRI" && side === "user" && settings?.topology === "multipoint";
  const log = context.log.child({ span: span.number });
  const calls = new Map<CallId, IsdnCall>();
  const gathering = new Map<CallId, { readonly line: BearerLine; readonly digits: Gathering }>();
  let linkUp = false;
  let outgoing = 0;
  let drained: () => void = () => undefined;
  const onDemand = isOnDemand(span, settings);
  const { T316 = 120_000 } = { ...context.timing.isdn, ...settings?.timers };
  const care = createChannelCare({
    clock: context.clock,
    log,
    request: (wanted) => request(wanted),
    pauseMs: context.timing.restartFailedMs,
    answerMs: T316,
    blocked: (channel) => lineAt(channel)?.info().outOfService !== undefined,
  });

  const lines = span.channels
    .filter((channel) => channel.kind === "bearer")
    .map((channel) =>
      createBearerLine(context, channel, {
        alarm: watch.alarm,
        linkUp: () => linkUp || (onDemand && dchannel !== undefined),
        dial,
        clear,
        block: (position, blocked) => request({ type: "ChannelRequest", channel: position, blocked }),
        test,
      }),
    );
  const lineAt = (position: number): BearerLine | undefined =>
    lines.find((line) => line.position === position);
  const dchannel = openDChannel();
  const request = (wanted: Request): void => dchannel?.request(wanted);
  const callSpan: CallSpan = {
    context,
    side,
    request,
    reference: (call) => dchannel?.reference(call),
    lineAt,
  };

  function openDChannel(): DChannelRunner | undefined {
    const channel = span.channels.find((channel): channel is DataChannel => channel.kind === "data");
    if (channel === undefined) {
      log.warn("the span has no D-channel: its lines stay down");
      return undefined;
    }
    try {
      return createDChannelRunner({
        machine: machineOptions(
          span,
          settings,
          lines.map(({ position }) => position),
          context.timing,
        ),
        channel: channel.open(),
        clock: context.clock,
        log,
        trace: context.traceOf(span.number),
        indicate,
      });
    } catch (error) {
      log.error({ err: error }, "the D-channel cannot be opened");
      return undefined;
    }
  }

  function indicate(indication: Indication): void {
    switch (indication.type) {
      case "DataLinkIndication":
        linkUp = indication.up;
        if (!linkUp) care.linkDown();
        return watch.dataLinkChanged();
      case "ChannelIndication": {
        const line = lineAt(indication.channel);
        if (line === undefined) return;
        line.channelState = indication.state;
        care.changed(indication.channel, indication.state);
        return context.changed(line);
      }
      case "RestartIndication":
        return log.debug({ channels: indication.channels }, indication.type);
      case "RestartConfirm":
        log.debug({ channels: indication.channels }, indication.type);
        return care.confirmed(indication.channels);
      case "SetupIndication":
        return setup(prefixed(indication));
      default:
        return ofCall(indication);
    }
  }

  function ofCall(indication: CallIndication): void {
    const { call } = indication;
    if (indication.type === "ReleaseIndication" || indication.type === "ReleaseConfirm") {
      const line = calls.get(call)?.line ?? gathering.get(call)?.line;
      calls.get(call)?.indicate(indication);
      return vacate(call, line);
    }
    calls.get(call)?.indicate(indication);
    gathering.get(call)?.digits.indicate(indication);
  }

  function prefixed(indication: SetupIndication): SetupIndication {
    const { called, calling } = indication;
    return {
      ...indication,
      called: called && withPrefix(called, prefixes),
      calling: calling && withPrefix(calling, prefixes),
    };
  }

  function setup(indication: SetupIndication): void {
    const { call } = indication;
    const line = indication.channel === undefined ? undefined : lineAt(indication.channel);
    const reject = (cause: number): void => request({ type: "RejectRequest", call, cause });
    // Another terminal's call: an answer of ours, even a refusal, would be one answer too many (Q.931 §5.2.5.1).
    if (onBus && !isOurs(indication.called?.digits ?? "", settings.msns ?? []))
      return request({ type: "IgnoreRequest", call });
    if (!voice.includes(indication.bearer.transferCapability)) return reject(bearerNotImplemented);
    if (line === undefined) return reject(indication.channel === undefined ? noCircuit : circuitNotAvailable);
    line.occupant = call;
    context.changed(line);
    const match = (digits: string) => context.matchNumber(digits, line.info());
    if (indication.sendingComplete || isWhole(match(indication.called?.digits ?? ""))) {
      return offer(indication, line, indication.called?.digits ?? "");
    }
    const whole = (digits: string): void => {
      gathering.delete(call);
      offer(indication, line, digits);
    };
    gathering.set(call, { line, digits: gatherDigits(indication, { match, request, whole }) });
  }

  function offer(indication: SetupIndication, line: BearerLine, digits: string): void {
    const made = createIsdnCall(callSpan, {
      id: indication.call,
      direction: "in",
      line,
      calling: callingFrom(indication.calling, indication.display),
      called: calledFrom(indication.called, digits),
    });
    calls.set(indication.call, made);
    watch.callsChanged();
    // The last call's audio may still be letting go of the channel.
    const { closing } = line.audio;
    const tell = (): void => {
      context.incoming(made.core.leg);
      made.indicate(indication);
    };
    if (closing === undefined) tell();
    else void closing.catch(() => undefined).then(tell);
  }

  function dial(line: BearerLine, wanted: DialRequest): Leg {
    if (dchannel === undefined) throw new CallboxError("ERR_LINE_DOWN", { detail: line.id });
    outgoing += 1;
    const call = `out-${outgoing}`;
    const made = createIsdnCall(callSpan, { id: call, direction: "out", line, ...wanted });
    calls.set(call, made);
    line.occupant = call;
    context.changed(line);
    watch.callsChanged();
    // Not before the caller can listen: the answer may come at once.
    queueMicrotask(() => {
      if (made.core.leg.state === "released") vacate(call, line);
      else sendSetup(call, line, wanted);
    });
    return made.core.leg;
  }

  function sendSetup(call: CallId, line: BearerLine, wanted: DialRequest): void {
    const calling = callingTo(wanted.calling);
    const { name } = wanted.calling;
    const { calledType = "given", callingType = "given", channelSelection } = settings ?? {};
    request({
      type: "SetupRequest",
      call,
      called: typed(calledTo(wanted.called), calledType, prefixes),
      channel: {
        number: line.position,
        exclusive: (channelSelection ?? (side === "network" ? "exclusive" : "preferred")) === "exclusive",
      },
      ...(settings?.overlapSending === true ? { sendingComplete: false } : {}),
      ...(calling === undefined ? {} : { calling: typed(calling, callingType, prefixes) }),
      // Display goes from the network to the user only (Q.931 table 3-15).
      ...(side === "network" && name !== undefined ? { display: name } : {}),
    });
  }

  function vacate(call: CallId, line: BearerLine | undefined): void {
    calls.delete(call);
    gathering.delete(call);
    if (line?.occupant === call) line.occupant = undefined;
    if (line !== undefined) context.changed(line);
    watch.callsChanged();
    if (calls.size === 0) drained();
  }

  function clear(call: CallId, cause: number): void {
    const leg = calls.get(call)?.core.leg;
    if (leg === undefined) request({ type: "DisconnectRequest", call, cause });
    else leg.release(cause);
  }

  /** RESTART is for point-to-point interfaces only (Q.931 §5.5). */
  async function test(line: BearerLine): Promise<readonly Check[]> {
    const alarm = watch.alarm();
    const seen = [passed("alarms", !alarm), passed("data-link", linkUp)];
    const skipped = (why: Check["why"] & string): Check => ({ check: "restart", result: "skipped", why });
    if (alarm) return [...seen, skipped("down")];
    if (!linkUp && onDemand)
      return [passed("alarms", true), { check: "data-link", result: "skipped", why: "on-demand" }];
    if (!linkUp) return [...seen, skipped("down")];
    if (settings?.topology === "multipoint") return seen;
    if (line.occupant !== undefined) return [...seen, skipped("in-use")];
    const answered = await care.test(line.position);
    return [...seen, answered ? passed("restart", true) : { ...passed("restart", false), why: "no-answer" }];
  }

  /** A call of an earlier run: its leg is there at once, and goes when the exchange says that the call is over. */
  function goOn(line: BearerLine, { id, direction, calling, called, own }: KeptLeg): void {
    if (own.kind !== "isdn" || dchannel === undefined) return;
    outgoing += 1;
    const call = `kept-${outgoing}`;
    const { position: channel } = line;
    const made = createIsdnCall(callSpan, { id: call, direction, line, calling, called, kept: id });
    calls.set(call, made);
    line.occupant = call;
    const { origin, reference, referenceOctets } = own;
    request({ type: "GoOnRequest", call, channel, origin, reference, referenceOctets });
    made.listen();
    context.goesOn(made.core.leg);
  }

  for (const line of lines) {
    const kept = context.kept(line.id);
    if (kept !== undefined) goOn(line, kept);
  }
  lines.forEach((line) => line.serviceChanged());

  return {
    lines,
    get dataLink() {
      return linkUp;
    },
    onDemand,
    get activeCalls() {
      return calls.size + gathering.size;
    },
    fail: () => dchannel?.layer1(false),
    recover: () => dchannel?.layer1(true),
    async close() {
      care.stop();
      for (const { core } of calls.values()) core.leg.release();
      for (const call of gathering.keys()) request({ type: "DisconnectRequest", call });
      if (calls.size > 0 && linkUp) {
        await new Promise<void>((resolve) => {
          const cancel = context.clock.after(context.timing.closeMs, resolve);
          drained = () => {
            cancel();
            resolve();
          };
        });
      }
      await Promise.all(lines.map((line) => line.audio.close()));
      dchannel?.close();
      care.stop();
    },
  };
}
