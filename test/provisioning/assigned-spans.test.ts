import fc from "fast-check";
import t from "tap";
import { parseAssignedSpans, withAssignments } from "../../src/provisioning/assigned-spans.ts";
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

t.test("any text comes back byte for byte", (t) => {
  const piece = fc.constantFrom("usb:X1", "1:1:1", ":", "@", "#", "\n", "\r\n", " ", "\t", "9".repeat(30));
  const texts = fc.array(fc.oneof(piece, fc.string({ unit: "binary" }))).map((parts) => parts.join(""));
  fc.assert(
    fc.property(texts, (any) => confText(parseAssignedSpans(any).lines) === any),
    { numRuns: 2000 },
  );
  t.end();
});
