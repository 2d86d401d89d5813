// What the forms of the settings are made of: kinds of fields, and the choices that several share.
import type { SectionName, SettingsSections } from "../../../web/api/settings.ts";
import type { PlainKey } from "../../i18n/en.ts";

export interface Choice {
  readonly value: string;
  readonly label: string | { readonly key: PlainKey };
}

export type Kind =
  | {
      readonly kind:
        | "text"
        | "digits"
        /** Digits, several: with commas or blanks between. */
        | "list"
        | "toggle"
        | "destination"
        /** Or by a schedule. */
        | "incoming"
        | "port"
        | "zone"
        | "secret";
    }
  /** A list of small things, a row each. */
  | {
      readonly kind: "rows";
      readonly fields: readonly Field[];
      readonly fresh: Readonly<Record<string, unknown>>;
    }
  /** One thing of several fields; `folded`: seen when asked for, or when something of it is set. */
  | { readonly kind: "parts"; readonly fields: readonly Field[]; readonly folded?: true }
  | {
      readonly kind: "number";
      readonly min: number;
      readonly max: number;
      readonly unit?: "seconds" | "days" | "minutes" | "percent" | "db";
    }
  | {
      readonly kind: "choice" | "many";
      readonly choices: (settings: SettingsSections) => readonly Choice[];
      /** Choices of digits alone are numbers in the settings. */
      readonly numbers?: true;
    };

export type Field = Kind & {
  readonly name: string;
  readonly label: PlainKey;
  /** Left out of the settings when empty. */
  readonly optional?: true;
  /** A sentence under the field. */
  readonly about?: PlainKey;
  /** Width in a table, by characters. */
  readonly width?: number;
};

export type NestedField = Extract<Field, { readonly kind: "rows" | "parts" }>;
export type LeafField = Exclude<Field, NestedField>;

export const isNested = (field: Field): field is NestedField =>
  field.kind === "rows" || field.kind === "parts";

export interface Section {
  readonly name: SectionName;
  readonly about?: PlainKey;
  readonly fields: readonly Field[];
  /** Of a card: seen when asked for. */
  readonly more?: readonly Field[];
  /** `form`: one thing. `table`: a row each. `cards`: many fields each. */
  readonly layout: "form" | "table" | "cards";
  /** A new entry. */
  readonly fresh?: (settings: SettingsSections) => Readonly<Record<string, unknown>>;
}

/** A tab of the page: sections that belong together. */
export interface Tab {
  readonly name:
    | "appliance"
    | "lines"
    | "routes"
    | "schedules"
    | "callers"
    | "extensions"
    | "agents"
    | "queues"
    | "rooms"
    | "users";
  readonly sections: readonly Section[];
}

export const fixed = (prefix: string, values: readonly string[]) => (): readonly Choice[] =>
  values.map((value) => ({ value, label: { key: `choice.${prefix}.${value}` as PlainKey } }));
export const groups = (settings: SettingsSections): readonly Choice[] =>
  settings.trunkGroups.map(({ id, name }) => ({ value: id, label: name }));
export const queues = (settings: SettingsSections): readonly Choice[] =>
  settings.queues.map(({ id, name }) => ({ value: id, label: name }));
export const agents = (settings: SettingsSections): readonly Choice[] =>
  settings.agents.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }));
export const extensions = (settings: SettingsSections): readonly Choice[] =>
  settings.extensions.map(({ number, name }) => ({ value: number, label: `${number} · ${name}` }));
export const schedules = (settings: SettingsSections): readonly Choice[] =>
  settings.schedules.map(({ id, name }) => ({ value: id, label: name }));
export const holidays = (settings: SettingsSections): readonly Choice[] =>
  settings.holidays.map(({ id, name }) => ({ value: id, label: name }));
export const recordRules = fixed("recordRule", ["always", "share", "on-demand", "never"]);
export const classes = fixed("class", [
  "emergency",
  "internal",
  "local",
  "national",
  "mobile",
  "international",
  "premium",
]);

/** The first free name or number after those used. */
export const following = (used: readonly string[], from: number): string => {
  let next = Math.max(
    from,
    ...used
      .map(Number)
      .filter(Number.isInteger)
      .map((n) => n + 1),
  );
  while (used.includes(String(next))) next += 1;
  return String(next);
};
export const freshId = (used: readonly string[], stem: string): string =>
  `${stem}-${following(
    used.map((id) => id.replace(`${stem}-`, "")),
    1,
  )}`;
