// Numbers in words by rules, as data: a subset of Unicode's rule-based number format (UTS #35, part 3).
//
// A set is a list of rules `base: text`, in the order of their bases; for a number the rule with the highest base that is
// not above it is used. In the text, `<<` is what the number has in whole multiples of the rule's power of ten (or of the
// radix in `base/radix: text`), `>>` what remains, `<set<` and `>set>` the same by another set's rules, `=set=` the number
// itself by another set's, and `[…]` is left out where nothing remains.
import { CallboxError } from "../../shared/errors.ts";

/** Sets by name. */
export type Rules = Readonly<Record<string, readonly string[]>>;

interface Rule {
  readonly base: number;
  /** The number is parted by this. */
  readonly divisor: number;
  readonly text: string;
}

/** Says a whole number, 0 to 999,999,999,999,999, by one of the sets. */
export type Spellout = (set: string, value: number) => string;

/** @throws ERR_SPOKEN_RULES for a rule that cannot be read. What names a set that there is not is told when it is said. */
export function createSpellout(rules: Rules): Spellout {
  const sets = new Map(Object.entries(rules).map(([name, lines]) => [name, lines.map(parseRule)]));

  const find = (set: string, value: number): Rule => {
    const all = sets.get(set) ?? [];
    const at = all.findLastIndex(({ base }) => base <= value);
    const rule = all[at];
    if (rule === undefined)
      throw new CallboxError("ERR_SPOKEN_RULES", { detail: `${set} has none for ${value}` });
    // A round number by a rule for those that are not: "two hundredth", not "two hundred zeroth".
    const both = rule.text.includes("<") && rule.text.includes(">");
    const rollBack = both && value % rule.divisor === 0 && rule.base % rule.divisor !== 0;
    return rollBack ? (all[at - 1] ?? rule) : rule;
  };

  const say: Spellout = (set, value) => {
    const { text, divisor } = find(set, value);
    const rest = value % divisor;
    return text
      .replace(/\[([^\]]*)\]/gu, rest === 0 ? "" : "$1")
      .replace(/<([a-z-]*)<|>([a-z-]*)>|=([a-z-]+)=/gu, (_, whole?: string, part?: string, same?: string) => {
        if (same !== undefined) return say(same, value);
        if (whole !== undefined) return say(whole || set, Math.floor(value / divisor));
        return say((part ?? "") || set, rest);
      });
  };
  return say;
}

function parseRule(line: string): Rule {
  const [, base, radix = "10", text = ""] = /^(\d+)(?:\/(\d+))?: (.*)$/u.exec(line) ?? [];
  if (base === undefined) throw new CallboxError("ERR_SPOKEN_RULES", { detail: line });
  let divisor = 1;
  while (divisor * Number(radix) <= Number(base)) divisor *= Number(radix);
  return { base: Number(base), divisor, text };
}
