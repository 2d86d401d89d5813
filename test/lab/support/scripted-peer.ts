// A peer of octets: it sends hex and expects hex, and keeps no more of LAPD than the numbers of its I frames. Nothing of
// src/signalling is in it, so that its bytes are the Recommendations' and not ours.
import { driver } from "node-dahdi";
import type { Context } from "./scenario.ts";
import { channelAt, type SpanPlace } from "./spans.ts";

export interface ScriptedPeer {
  /** An I frame with this message. */
  send(hex: string): void;
  /** An unnumbered frame to all terminals (TEI 127), with this message. */
  broadcast(hex: string): void;
  /** A whole frame, without FCS. */
  frame(hex: string): void;
  /** The first message not yet taken that fits; `..` stands for any octet, `*` at the end for any rest. @throws after 5 s */
  expect(pattern: string): Promise<string>;
  /** The same of control fields: U and S frames, from the address on. */
  expectFrame(pattern: string): Promise<string>;
}

/** Q.921 figure 5: SAPI 0, and who commands. */
export function scriptedPeer(
  context: Context,
  options: { readonly span: SpanPlace; readonly side: "user" | "network"; readonly tei?: number },
): ScriptedPeer {
  const { span, side, tei = 0 } = options;
  const channel = driver.openChannel(channelAt(span, span.data ?? 0));
  context.onClose(() => channel.close());
  channel.setBufferInfo({ txPolicy: "immediate", count: 32, size: 1024 });
  const second = (tei << 1) | 1;
  /** C/R: a command of the network's has 1, one of the user's 0; responses the other way round. */
  const command = side === "network" ? 0x02 : 0x00;
  const response = command ^ 0x02;
  let sent = 0;
  let received = 0;
  const messages: string[] = [];
  const frames: string[] = [];

  const put = (octets: readonly number[]): void => {
    context.log(`script → ${hexOf(octets)}`);
    channel.sendFrame(Uint8Array.from(octets));
  };
  channel.onFrame((frame) => {
    const [address = 0, terminal = 0, control = 0, more = 0] = frame;
    context.log(`script ← ${hexOf(frame)}`);
    if (terminal !== second) return;
    const isCommand = (address & 0x02) !== command;
    if ((control & 0x01) === 0) {
      // I: taken when it is the next, acknowledged in any case.
      if (control >> 1 === received) {
        received = (received + 1) & 0x7f;
        messages.push(hexOf(frame.subarray(4)));
      }
      return put([response, second, 0x01, (received << 1) | (more & 0x01)]);
    }
    frames.push(hexOf(frame));
    if ((control & 0xef) === 0x6f) {
      sent = received = 0;
      return put([response, second, 0x63 | (control & 0x10)]);
    }
    // RR, RNR, REJ with P=1 ask for our number.
    if ((control & 0x03) === 0x01 && isCommand && (more & 0x01) === 1)
      put([response, second, 0x01, (received << 1) | 0x01]);
  });

  const find = async (from: string[], pattern: string, what: string): Promise<string> => {
    const fits = new RegExp(`^${pattern.replaceAll(" ", "").replace("*", ".*")}$`, "u");
    let found = -1;
    await context.until(
      `${what} ${pattern}`,
      () => (found = from.findIndex((one) => fits.test(one))) >= 0,
      5000,
    );
    return from.splice(0, found + 1).at(-1) ?? "";
  };
  return {
    send(hex) {
      put([command, second, sent << 1, received << 1, ...octetsOf(hex)]);
      sent = (sent + 1) & 0x7f;
    },
    broadcast: (hex) => put([command, 0xff, 0x03, ...octetsOf(hex)]),
    frame: (hex) => put(octetsOf(hex)),
    expect: (pattern) => find(messages, pattern, "message"),
    expectFrame: (pattern) => find(frames, pattern, "frame"),
  };
}

const hexOf = (octets: Iterable<number>): string =>
  Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");

const octetsOf = (hex: string): readonly number[] =>
  (hex.replaceAll(/\s/gu, "").match(/../gu) ?? []).map((octet) => Number.parseInt(octet, 16));
