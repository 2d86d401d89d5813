// Captures played again. Those in captures/ were taken on the driver, against libpri: a customer's capture put there is
// a test as well. What was changed in one is found.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import t from "tap";
import { decodeFrame, encodeFrame, otherSide } from "../../../../src/signalling/isdn/q921/frame.ts";
import { decodeMessage } from "../../../../src/signalling/isdn/q931/message.ts";
import { readCapture, type CapturedFrame } from "../../../../src/signalling/isdn/trace/pcap.ts";
import { replay } from "../../../../src/signalling/isdn/trace/replay.ts";
import { basicSession, type Sent } from "../sessions.ts";

const folder = join(import.meta.dirname, "../captures");
const read = (file: string): readonly CapturedFrame[] => readCapture(readFileSync(join(folder, file)));
const files = readdirSync(folder).filter((file) => file.endsWith(".pcap"));

t.test("every capture: our machine does today what was done then", (t) => {
  t.ok(files.length >= 5);
  for (const file of files) {
    const report = replay(read(file));
    t.strictSame(report.differences, [], file);
    t.ok(report.calls > 0 && report.sent > 0 && report.received > 0, `${file}: ${report.sent} messages`);
  }
  t.end();
});

t.test("of a capture of both sides either may be ours", (t) => {
  const frames = read("pri-user.pcap");
  for (const side of ["user", "network"] as const) {
    const report = replay(frames, { side });
    t.equal(report.side, side);
    t.equal(report.interface, "PRI");
    t.ok(report.sent > 300, `${side}: ${report.sent} messages again as then`);
  }
  t.end();
});

/** The first message of ours of that type; its frame's place. */
function firstOf(frames: readonly CapturedFrame[], type: string): number {
  return frames.findIndex(({ sent, from, octets }) => {
    const frame = decodeFrame(octets, otherSide(from));
    const message = frame.type === "I" && sent ? decodeMessage(frame.info) : undefined;
    return message !== undefined && message.type === type;
  });
}

function changed(
  frames: readonly CapturedFrame[],
  type: string,
  change: (info: number[]) => void,
): CapturedFrame[] {
  const index = firstOf(frames, type);
  return frames.map((captured, i) => {
    const frame = decodeFrame(captured.octets, otherSide(captured.from));
    if (i !== index || frame.type !== "I") return captured;
    const info = [...frame.info];
    change(info);
    return { ...captured, octets: encodeFrame({ ...frame, info }, captured.from) };
  });
}

t.test("what was otherwise then is found", (t) => {
  const frames = read("pri-user.pcap");
  const cause = changed(frames, "RELEASE", (info) => (info[info.length - 1] = 0x80 | 27));
  t.strictSame(replay(cause).differences, [], "the application's cause is asked for again");
  const message = changed(frames, "CONNECT ACKNOWLEDGE", (info) => (info[4] = 0x6e));
  const { differences } = replay(message);
  t.match(
    differences.map(({ text }) => text),
    [/CONNECT ACKNOWLEDGE of call \d+ is sent, and was not then/u],
  );
  const proceeding = changed(frames, "CALL PROCEEDING", (info) => (info[info.length - 1] = 0x80 | 30));
  t.match(replay(proceeding).differences, [{ text: /^CALL PROCEEDING: channel 30 then, \d+ now$/u }]);
  const gone = frames.filter((_, i) => i !== firstOf(frames, "RELEASE COMPLETE"));
  t.match(replay(gone).differences, [{ text: /^RELEASE COMPLETE of call \d+ is sent, and was not then$/u }]);
  t.end();
});

t.test("repetitions of layer 2 count once, and calls that had begun before are passed over", (t) => {
  const frames = read("bri-te.pcap");
  const twice = frames.flatMap((frame) => [frame, frame]);
  t.strictSame(replay(twice).differences, []);
  t.equal(replay(twice).sent, replay(frames).sent);
  const late = frames.slice(firstOf(frames, "CONNECT ACKNOWLEDGE"));
  const report = replay(late);
  t.ok(report.passedOver > 0);
  t.strictSame(report.differences, []);
  t.end();
});

t.test("nothing makes it throw", (t) => {
  const whole = (sent: readonly Sent[], sentBy: string): CapturedFrame[] =>
    sent.map(({ from, frame }, i) => ({ at: 1000 + i * 20, sent: from === sentBy, from, octets: frame }));
  const frames = [
    ...whole(basicSession("PRI", "fixed"), "user"),
    ...whole(basicSession("BRI", "automatic"), "network"),
    ...read("bri-bus.pcap").slice(0, 120),
  ];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(frames.length - 1), fc.nat(60), fc.nat(255), fc.boolean()), { maxLength: 60 }),
      fc.constantFrom("user" as const, "network" as const, undefined),
      (picks, side) => {
        const some = picks.flatMap(([index, at, octet, change]) => {
          const frame = frames[index];
          if (frame === undefined) return [];
          const octets = Uint8Array.from(frame.octets);
          if (change && at < octets.length) octets[at] = octet;
          return [{ ...frame, octets }];
        });
        replay(some, side === undefined ? {} : { side });
      },
    ),
    { numRuns: 300 },
  );
  t.strictSame(replay([]).differences, []);
  t.end();
});
