// Lists of spans and lines, and one of them in detail.
import { parseArgs } from "node:util";
import type { CardView, LineView, SpanView } from "../web/api/lines.ts";
import { exits, UsageError, type CommandContext } from "./command.ts";
import { targetOf, type Target } from "./targets.ts";
import { dateAndTime, plain, table } from "./text.ts";
import {
  alarmRemedy,
  alarmWords,
  counterRemedy,
  counterWords,
  tooLoudRemedy,
  tooLoudWords,
} from "./words.ts";
import { lineConfigWords } from "../web/api/line-words.ts";

export async function listLines({ args, client, print }: CommandContext): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { span: { type: "string" }, json: { type: "boolean" } },
  });
  if (values.span !== undefined && !/^\d{1,3}$/u.test(values.span))
    throw new UsageError(`--span ${values.span}: a number is wanted`);
  const wanted = values.span === undefined ? undefined : Number(values.span);
  const all = await client.request("GET /lines", {});
  const spans = all.spans.filter(({ number }) => wanted === undefined || number === wanted);
  const lines = all.lines.filter(({ span }) => wanted === undefined || span === wanted);
  if (values.json === true) print(JSON.stringify({ spans, lines }, null, 2));
  else if (spans.length === 0)
    print(wanted === undefined ? "There are no spans." : `There is no span ${wanted}.`);
  else print(...spanTable(spans), "", ...lineTable(lines));
  return wanted !== undefined && spans.length === 0 ? exits.failed : exits.done;
}

function spanTable(spans: readonly SpanView[]): readonly string[] {
  return table(
    ["SPAN", "KIND", "STATE", "D-CHANNEL", "CLOCK", "NAME"],
    spans.map((span) => [
      String(span.number),
      span.kind,
      span.alarms.length === 0 ? "in order" : span.alarms.map(alarmWords).join(", "),
      dataLinkWords(span),
      span.syncSource === 0 ? "own" : `span ${span.syncSource}`,
      plain(span.name),
    ]),
  );
}

function dataLinkWords({ dataLink, onDemand, keptCalls }: SpanView): string {
  if (dataLink === undefined) return "-";
  if (dataLink) return "up";
  if (onDemand) return "on demand";
  return keptCalls === 0 ? "down" : `down, ${keptCalls} calls kept`;
}

function lineTable(lines: readonly LineView[]): readonly string[] {
  return table(
    ["LINE", "KIND", "STATE", "GROUP", "EXTENSION", "NAME"],
    lines.map((line) => [
      line.id,
      line.kind,
      stateWords(line),
      plain(line.group ?? "-"),
      plain(line.extension ?? "-"),
      plain(line.name),
    ]),
  );
}

function stateWords({ state, outOfService }: LineView): string {
  if (outOfService === undefined) return state;
  const by = outOfService === "line" ? "" : ` with its ${outOfService === "group" ? "trunk group" : "span"}`;
  return `${state === "blocked" ? "" : `${state}, `}out of service${by}`;
}

export async function showTarget({ args, client, print }: CommandContext): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: "boolean" } },
  });
  const target = targetOf(positionals[0]);
  const all = await client.request("GET /lines", {});
  const lines = all.lines.filter((line) => isIn(target, line));
  const numbers = new Set("span" in target ? [target.span] : lines.map(({ span }) => span));
  const spans = all.spans.filter(({ number }) => numbers.has(number));
  if (spans.length === 0) {
    print("There is nothing of that name.");
    return exits.failed;
  }
  if (values.json === true) print(JSON.stringify({ spans, lines }, null, 2));
  else
    print(
      ...lineTable(lines),
      ...lines.flatMap(lineStory),
      ...spans.flatMap((span) => ["", ...spanStory(span)]),
    );
  return exits.done;
}

export function cardTable(cards: readonly CardView[]): readonly string[] {
  return table(
    ["SPAN", "CARD'S", "TYPE", "CHANNELS FROM", "CARD", "HARDWARE ID", "LOCATION"],
    cards.flatMap(({ model, hardwareId, location, path, spans }) =>
      spans.map(({ local, type, number, firstChannel }) => [
        String(number ?? "none"),
        String(local),
        type,
        String(firstChannel ?? "-"),
        plain(model === "" ? path : model),
        plain(hardwareId === "" ? "-" : hardwareId),
        plain(location === "" ? "-" : location),
      ]),
    ),
  );
}

function isIn(target: Target, { id, span, group }: LineView): boolean {
  if ("line" in target) return target.line === id;
  return "span" in target ? target.span === span : target.group === group;
}

function lineStory({ id, tooLoud }: LineView): readonly string[] {
  if (tooLoud === undefined) return [];
  const share = (100 * tooLoud.share).toFixed(1);
  return [
    `  line ${id}    ${tooLoudWords} (${share} % of a second, ${dateAndTime(tooLoud.at)})`,
    `               ${tooLoudRemedy}`,
  ];
}

function spanStory(span: SpanView): readonly string[] {
  const { number, name, description, since, alarmLog, counters } = span;
  return [
    `Span ${number}, ${plain(name)} (${span.kind}): ${plain(description)}`,
    `  since        ${dateAndTime(since)}`,
    `  D-channel    ${dataLinkWords(span)}`,
    `  clock        ${span.syncSource === 0 ? "own" : `from span ${span.syncSource}`}`,
    ...(span.line === undefined || span.kind === "analog"
      ? []
      : [`  line         ${lineConfigWords(span.line, span.kind)}`]),
    ...alarmLog.flatMap(({ alarm, active, lastBegin, lastEnd, count, lastDay }) => {
      const when = active || lastEnd === undefined ? "now, since" : `until ${dateAndTime(lastEnd)}, from`;
      const often = `${count} since start, ${lastDay} in 24 hours`;
      const remedy = active ? alarmRemedy(alarm) : undefined;
      return [
        `  ${active ? "ALARM" : "alarm"}        ${alarm}: ${alarmWords(alarm)} (${when} ${dateAndTime(lastBegin)}; ${often})`,
        ...(remedy === undefined ? [] : [`               ${remedy}`]),
      ];
    }),
    ...counters.flatMap(({ counter, sinceStart, lastDay }) => [
      `  errors       ${counterWords(counter)}: ${sinceStart} since start, ${lastDay} in 24 hours`,
      ...(lastDay === 0 ? [] : [`               ${counterRemedy(counter)}`]),
    ]),
  ];
}
