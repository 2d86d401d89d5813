import fc from "fast-check";
import t from "tap";
import type { Card } from "../../src/boards/board.ts";
import { parseAssignedSpans, pinned, withAssignments } from "../../src/provisioning/assigned-spans.ts";
import { confText } from "../../src/provisioning/conf-lines.ts";

const text =
  "# boards\n@1-2\t1:1:1  2:2:32 # left\r\n\n/sys/devices/pci0000:00/0000:00:1e.0 1:5:121\nusb:X1 1:2\nusb:X2\nusb:X3 0:1:1";

t.test("boards, their spans and errors are read", (t) => {
  const file = parseAssignedSpans(text);
  t.same(file.boards, [
    {
      at: 1,
      assignments: [
        { board: "@1-2", localSpan: 1, span: 1, firstChannel: 1 },
        { board: "@1-2", localSpan: 2, span: 2, firstChannel: 32 },
      ],
    },
    {
      at: 3,
      assignments: [
        { board: "/sys/devices/pci0000:00/0000:00:1e.0", localSpan: 1, span: 5, firstChannel: 121 },
      ],
    },
  ]);
  t.same(
    file.errors.map(({ line, kind }) => [line, kind]),
    [
      [5, "bad-value"],
      [6, "bad-value"],
      [7, "bad-value"],
    ],
  );
  t.end();
});

t.test("an edit changes its own line only", (t) => {
  const file = parseAssignedSpans(text);
  const edited = withAssignments(file, 1, [{ localSpan: 1, span: 3, firstChannel: 63 }]);
  t.equal(edited && confText(edited.lines), text.replace("@1-2\t1:1:1  2:2:32", "@1-2 1:3:63"));
  t.equal(withAssignments(file, 0, [{ localSpan: 1, span: 3, firstChannel: 63 }]), undefined);
  t.equal(withAssignments(file, 1, []), undefined);
  t.end();
});

const card = (changes: Partial<Card>): Card => ({
  path: "/sys/devices/pci0000:00/0000:05:00.0/pci:0000:05:00.0",
  hardwareId: "",
  location: "",
  model: "",
  spans: [{ local: 1, type: "E1", number: 1, firstChannel: 1 }],
  ...changes,
});

t.test(
  "spans keep their numbers: each card by what stays with it, and what the file says of others stays",
  (t) => {
    const two = [
      { local: 1, type: "E1", number: 2, firstChannel: 32 },
      { local: 2, type: "E1", number: 3, firstChannel: 63 },
      { local: 3, type: "E1" },
    ];
    t.strictSame(pinned("", [card({ hardwareId: "usb:X1" }), card({ location: "PCI Bus 05", spans: two })]), {
      text: "usb:X1 1:1:1\n@PCI_Bus_05 1:2:32 2:3:63\n",
      cards: [card({}).path, card({}).path],
    });
    t.equal(pinned("", [card({})]).text, `${card({}).path} 1:1:1\n`, "nothing but its place");
    t.equal(pinned("", [card({ spans: [{ local: 1, type: "E1" }] })]).text, "", "none has a number");
    const rows: readonly [what: string, text: string, of: Partial<Card>, after: string | undefined][] = [
      ["it is so already", "# mine\nusb:X1 1:1:1\n", { hardwareId: "usb:X1" }, undefined],
      [
        "so already, line by line",
        "[usb:X1] 2:3:63\nusb:X1 1:2:32\n",
        { hardwareId: "usb:X1", spans: two },
        undefined,
      ],
      ["by a pattern", "/sys/devices/pci0000:00/*:05:* 1:1:1\n", { hardwareId: "usb:X1" }, undefined],
      ["by its slot", "@PCI_Bus_0? 1:1:1", { hardwareId: "usb:X1", location: "PCI Bus 05" }, undefined],
      [
        "another number",
        "a:b 1:9:9 # left\nusb:X1 1:7:7 # it\n",
        { hardwareId: "usb:X1" },
        "a:b 1:9:9 # left\nusb:X1 1:1:1 # it\n",
      ],
      [
        "two lines become one",
        "usb:X1 1:2:32\n\nusb:X1 2:4:94\n",
        { hardwareId: "usb:X1", spans: two },
        "usb:X1 1:2:32 2:3:63\n\n",
      ],
      ["another card's", "usb:X1 1:1:1", { hardwareId: "usb:X12" }, "usb:X1 1:1:1\nusb:X12 1:1:1\n"],
    ];
    for (const [what, before, of, after] of rows) {
      const result = pinned(before, [card(of)]);
      t.equal(result.text, after ?? before, what);
      t.equal(result.cards.length, after === undefined ? 0 : 1);
      t.strictSame(
        pinned(result.text, [card(of)]),
        { text: result.text, cards: [] },
        `${what}: then no more`,
      );
    }
    t.end();
  },
);

t.test("patterns fit as a shell's do, and none takes its time", (t) => {
  const kept = (board: string): boolean =>
    pinned(`${board} 1:1:1`, [card({ hardwareId: "usb:X1", location: "Slot 5" })]).cards.length === 0;
  for (const board of ["*", "usb:*", "usb:X?", "*X1", "u*b*1", "@Slot_*", "*:05:*", "usb:X1*"])
    t.ok(kept(board), board);
  for (const board of ["usb:X", "usb:X1?", "usb", "*X2", "?", "@Slot", "b:*"]) t.notOk(kept(board), board);
  const zeros = card({ hardwareId: "0".repeat(2000) });
  t.equal(pinned(`${"*0".repeat(500)}*x 1:1:1`, [zeros]).cards.length, 1, "it ends");
  t.end();
});

t.test("any text comes back byte for byte", (t) => {
  const piece = fc.constantFrom("usb:X1", "1:1:1", ":", "@", "#", "\n", "\r\n", " ", "\t", "9".repeat(30));
  const texts = fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (any) => confText(parseAssignedSpans(any).lines) === any),
    { numRuns: 2000 },
  );
  t.end();
});
