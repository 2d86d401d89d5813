// The lines of an ISDN span (E1 or BRI): one D-channel, its B-channels, and the calls between them.
import type { DataChannel, Span } from "../../boards/board.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { CallId, Indication, Request, SetupIndication } from "../../signalling/isdn/types.ts";
import type { LineContext, SpanLines } from "../context.ts";
import type { DialRequest, Leg } from "../leg.ts";
import { createTimers } from "../timers.ts";
import { createBearerLine, type BearerLine } from "./bearer-line.ts";
import { createDChannelRunner, type DChannelRunner } from "./dchannel-runner.ts";
import { createIsdnCall, type CallIndication, type CallSpan, type IsdnCall } from "./isdn-call.ts";
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
  watch: { readonly alarm: () => boolean; readonly dataLinkChanged: () => void },
): SpanLines {
  const settings = context.settings().spans.find((own) => own.span === span.number);
  const side = settings?.side ?? "user";
  const log = context.log.child({ span: span.number });
  const calls = new Map<CallId, IsdnCall>();
  const gathering = new Map<CallId, { readonly line: BearerLine; readonly digits: Gathering }>();
  let linkUp = false;
  let outgoing = 0;
  let drained: () => void = () => undefined;
  // A channel whose release was never acknowledged must not stay lost: it is restarted until the peer agrees.
  const restarts = createTimers<number>(context.clock, (channel) =>
    request({ type: "RestartRequest", channels: [channel] }),
  );

  const lines = span.channels
    .filter((channel) => channel.kind === "bearer")
    .map((channel) => createBearerLine(context, channel, { alarm: watch.alarm, linkUp: () => linkUp, dial }));
  const lineAt = (position: number): BearerLine | undefined =>
    lines.find((line) => line.position === position);
  const dchannel = openDChannel();
  const request = (wanted: Request): void => dchannel?.request(wanted);
  const callSpan: CallSpan = { context, side, request, lineAt };

  function openDChannel(): DChannelRunner | undefined {
    const channel = span.channels.find((channel): channel is DataChannel => channel.kind === "data");
    if (channel === undefined) {
      log.warn("the span has no D-channel: its lines stay down");
      return undefined;
    }
    try {
      return createDChannelRunner({
        machine: {
          side,
          interface: span.kind === "E1" ? "PRI" : "BRI",
          channels: lines.map(({ position }) => position),
          tei: span.kind === "E1" ? "fixed" : (settings?.tei ?? "fixed"),
          overlapReceiving: settings?.overlap ?? false,
          timers: context.timing.isdn,
          seed: span.number,
        },
        channel: channel.open(),
        clock: context.clock,
        log,
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
        return watch.dataLinkChanged();
      case "ChannelIndication": {
        const line = lineAt(indication.channel);
        if (line === undefined) return;
        line.channelState = indication.state;
        if (indication.state === "failed") restarts.start(indication.channel, context.timing.restartFailedMs);
        return context.changed(line);
      }
      case "RestartIndication":
      case "RestartConfirm":
        return log.debug({ channels: indication.channels }, indication.type);
      case "SetupIndication":
        return setup(indication);
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

  function setup(indication: SetupIndication): void {
    const { call } = indication;
    const line = indication.channel === undefined ? undefined : lineAt(indication.channel);
    const reject = (cause: number): void => request({ type: "RejectRequest", call, cause });
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
    // The last call's audio may still be letting go of the channel.
    const { closing } = line.audio;
    if (closing === undefined) context.incoming(made.core.leg);
    else void closing.catch(() => undefined).then(() => context.incoming(made.core.leg));
  }

  function dial(line: BearerLine, wanted: DialRequest): Leg {
    if (dchannel === undefined) throw new CallboxError("ERR_LINE_DOWN", { detail: line.id });
    outgoing += 1;
    const call = `out-${outgoing}`;
    const made = createIsdnCall(callSpan, { id: call, direction: "out", line, ...wanted });
    calls.set(call, made);
    line.occupant = call;
    context.changed(line);
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
    request({
      type: "SetupRequest",
      call,
      called: calledTo(wanted.called),
      channel: { number: line.position, exclusive: side === "network" },
      ...(calling === undefined ? {} : { calling }),
      // Display goes from the network to the user only (Q.931 table 3-15).
      ...(side === "network" && name !== undefined ? { display: name } : {}),
    });
  }

  function vacate(call: CallId, line: BearerLine | undefined): void {
    calls.delete(call);
    gathering.delete(call);
    if (line?.occupant === call) line.occupant = undefined;
    if (line !== undefined) context.changed(line);
    if (calls.size === 0) drained();
  }

  return {
    lines,
    get dataLink() {
      return linkUp;
    },
    fail: () => dchannel?.layer1(false),
    recover: () => dchannel?.layer1(true),
    async close() {
      restarts.stopAll();
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
      restarts.stopAll();
    },
  };
}
