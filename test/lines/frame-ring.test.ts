// The trace that every D-channel keeps: order, room for messages, and what it outlives.
import t from "tap";
import { createFrameRing } from "../../src/lines/isdn/frame-ring.ts";

const message = Uint8Array.of(0, 1, 0, 0, 0xff, 0x80);
const poll = Uint8Array.of(0, 1, 1, 1);

t.test("frames come back as they were, those after a number", (t) => {
  const ring = createFrameRing();
  ring.put({ octets: message, sent: true, from: "user", at: 5 });
  ring.put({ octets: poll, sent: false, from: "network", at: 6 });
  t.strictSame(
    ring.after(0).map((frame) => ({ ...frame, octets: [...frame.octets] })),
    [
      { seq: 1, octets: [...message], sent: true, from: "user", at: 5 },
      { seq: 2, octets: [...poll], sent: false, from: "network", at: 6 },
    ],
  );
  t.strictSame(
    ring.after(1).map(({ seq }) => seq),
    [2],
  );
  t.strictSame(ring.after(2), []);
  t.end();
});

t.test("an idle link's polls never drive out messages", (t) => {
  const ring = createFrameRing({ messages: 3, supervisory: 2 });
  for (let i = 0; i < 5; i++) ring.put({ octets: message, sent: true, from: "user", at: i });
  for (let i = 5; i < 100; i++) ring.put({ octets: poll, sent: true, from: "user", at: i });
  t.strictSame(
    ring.after(0).map(({ at }) => at),
    [2, 3, 4, 98, 99],
  );
  t.end();
});
