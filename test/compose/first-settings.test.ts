import t from "tap";
import { firstSettings, type FoundSpan } from "../../src/compose/first-settings.ts";

const analog = (number: number, roles: readonly ("fxo" | "fxs")[]): FoundSpan => ({
  number,
  kind: "analog",
  channels: roles.map((role, i) => ({ kind: "analog", role, position: i + 1 })),
});

t.test("every port that is found is put to use", (t) => {
  const settings = firstSettings([
    { number: 1, kind: "E1", channels: [] },
    { number: 2, kind: "BRI", channels: [] },
    analog(3, ["fxs", "fxo", "fxs"]),
  ]);
  t.same(
    settings.spans.map(({ span, group }) => [span, group]),
    [
      [1, "e1"],
      [2, "bri"],
    ],
  );
  t.same(
    settings.analog.map(({ port }) => port),
    [{ span: 3, position: 2 }],
  );
  t.same(
    settings.extensions.map(({ number, port }) => [number, port]),
    [
      ["201", { span: 3, position: 1 }],
      ["202", { span: 3, position: 3 }],
    ],
  );
  t.same(
    settings.trunkGroups.map(({ id }) => id),
    ["e1", "bri", "analog"],
  );
  t.ok(settings.outgoing.every(({ group }) => group === "e1"));
  t.notOk(settings.extensions.some(({ classes }) => classes.includes("international")));
  t.end();
});

t.test("a box with telephones alone, with nothing, or with very many is given valid settings too", (t) => {
  t.same(firstSettings([]).trunkGroups, []);
  t.same(firstSettings([analog(1, ["fxs"])]).outgoing, []);
  const many = Array.from({ length: 8 }, (_, i) => analog(i + 1, new Array<"fxs">(24).fill("fxs")));
  const { extensions } = firstSettings(many);
  t.equal(extensions.length, 99);
  t.equal(new Set(extensions.map(({ number }) => number)).size, 99);
  t.end();
});
