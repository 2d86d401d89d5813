// What the journal is told of lines: a trunk group of which no line can be had, and that one can again.
import t from "tap";
import { fullGroups, watchLines } from "../../src/compose/line-watch.ts";
import type { LineInfo, LinesEvent } from "../../src/lines/leg.ts";
import { createEmitter } from "../../src/shared/events.ts";
import type { JournalEntry } from "../../src/shared/journal.ts";

function line(position: number, state: LineInfo["state"] = "idle", group = "city"): LineInfo {
  return {
    id: `1/${position}`,
    kind: "isdn",
    span: 1,
    position,
    channel: position,
    name: `${position}`,
    group,
    state,
  };
}

function rig(list: readonly LineInfo[]) {
  const events = createEmitter<LinesEvent>();
  const said: JournalEntry[] = [];
  watchLines({ events, spans: () => [], list: () => list }, (entry) => void said.push(entry));
  const groups = () => said.filter(({ type }) => type.startsWith("group."));
  return { said, groups, tell: (changed: LineInfo) => events.emit({ type: "line", line: changed }) };
}

t.test("told when the last line is taken or out, and when one is free again, once each", (t) => {
  const { groups, tell } = rig([line(1), line(2), line(3, "alarm"), line(9, "idle", "bri")]);
  t.same(groups(), [], "what is so at the beginning is no news");
  tell(line(1, "in-use"));
  tell(line(1, "in-use"));
  t.same(groups(), []);
  tell(line(2, "blocked"));
  t.same(groups(), [{ type: "group.full", group: "city", lines: 3 }]);
  tell(line(3, "down"));
  t.equal(groups().length, 1);
  tell(line(1));
  t.same(groups().at(-1), { type: "group.free", group: "city", lines: 3 });
  tell(line(2));
  t.equal(groups().length, 2);
  t.end();
});

t.test(
  "a box that begins with lines that are not up yet says when they are; a line may change its group",
  (t) => {
    const { groups, tell } = rig([line(1, "down"), line(2, "down")]);
    t.same(groups(), []);
    tell(line(1));
    t.same(groups(), [{ type: "group.free", group: "city", lines: 2 }]);
    tell(line(1, "idle", "bri"));
    t.same(groups().slice(1), [{ type: "group.full", group: "city", lines: 1 }]);
    tell(line(4, "idle", "city"));
    t.same(groups().at(-1), { type: "group.free", group: "city", lines: 2 });
    t.same(fullGroups([line(1, "in-use"), line(2, "alarm"), line(3, "idle", "bri")]), ["city"]);
    t.end();
  },
);

t.test("a line that is too loud is told of once a call", (t) => {
  const { said, tell } = rig([line(1)]);
  const loud = { ...line(1, "in-use"), tooLoud: { at: 1000, share: 0.02 } };
  tell(loud);
  tell({ ...loud, state: "idle" });
  tell({ ...loud, tooLoud: { at: 90_000, share: 0.1 } });
  t.same(
    said.filter(({ type }) => type === "line.too-loud"),
    [
      { type: "line.too-loud", line: "1/1", share: 0.02 },
      { type: "line.too-loud", line: "1/1", share: 0.1 },
    ],
  );
  t.end();
});
