// Two messages of one type, the one captured and the one made now: what of their difference matters.
import { isDeepStrictEqual } from "node:util";
import { find, type Message } from "../q931/message.ts";

export interface MessageDifference {
  readonly text: string;
  /** The call goes another way by it: another cause or channel. */
  readonly grave: boolean;
}

export function differencesOf(captured: Message, made: Message): readonly MessageDifference[] {
  const { type } = captured;
  const causes = [captured, made].map(({ elements }) => find(elements, "cause")?.cause.value);
  const channels = [captured, made].map(({ elements }) => {
    const named = find(elements, "channel-identification")?.channel.channels;
    return named?.join(" ");
  });
  const names = [captured, made].map(({ elements }) => elements.map(({ name }) => name).sort());
  const [then = [], now = []] = names;
  const grave = (
    what: string,
    values: readonly (number | string | undefined)[],
  ): readonly MessageDifference[] => {
    const [before, after] = values;
    if (before === undefined || after === undefined || before === after) return [];
    return [{ text: `${type}: ${what} ${before} then, ${after} now`, grave: true }];
  };
  const missing = then.filter((name) => !now.includes(name));
  const extra = now.filter((name) => !then.includes(name));
  const same = missing.length === 0 && extra.length === 0;
  return [
    ...grave("cause", causes),
    ...grave("channel", channels),
    ...(missing.length === 0 ? [] : [{ text: `${type}: without ${missing.join(", ")} now`, grave: false }]),
    ...(extra.length === 0 ? [] : [{ text: `${type}: ${extra.join(", ")} only now`, grave: false }]),
    ...(same ? contents(captured, made) : []),
  ];
}

function contents({ type, elements }: Message, made: Message): readonly MessageDifference[] {
  const other = elements
    .filter((element) => !made.elements.some((each) => isDeepStrictEqual(each, element)))
    .map(({ name }) => name);
  return other.length === 0 ? [] : [{ text: `${type}: ${other.join(", ")} of other contents`, grave: false }];
}
