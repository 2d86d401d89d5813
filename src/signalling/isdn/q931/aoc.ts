// Advice of charge (EN 300 182-1): reads AOC-D and AOC-E from ROSE invoke components in a Facility element.
import { decodeIa5 } from "../octets.ts";
import { inside, integerAt, readBer, readInteger, withTag, type Tlv } from "./ber.ts";
import type { Charge, ChargeAmount, ChargedUnits, Multiplier } from "./charge.ts";
import type { Octets } from "./values.ts";

const tags = { integer: 0x02, null: 0x05, sequence: 0x30, invoke: 0xa1 } as const;

/** Context-specific tags, primitive and constructed. */
const primitive = (number: number): number => 0x80 | number;
const constructed = (number: number): number => 0xa0 | number;

/** Protocol profile of octet 3: ROSE; networking extensions, whose own headers come first (EN 300 196-1). */
const profiles: ReadonlySet<number> = new Set([0x11, 0x1f]);

/** Operation values. */
const operations: Readonly<Record<number, (argument: Tlv) => Charge | undefined>> = {
  33: (argument) => during(argument, readCurrency),
  34: (argument) => during(argument, readUnits),
  35: (argument) => atEnd(argument, readCurrency),
  36: (argument) => atEnd(argument, readUnits),
};

/** The charges in the contents of a Facility element; what cannot be read is left out. Never throws. */
export function readCharges(facility: Octets): readonly Charge[] {
  const [profile = 0, ...components] = facility;
  if (!profiles.has(profile & 0x1f)) return [];
  return (readBer(components) ?? []).flatMap((component) => {
    const charge = component.tag === tags.invoke ? readInvoke(component) : undefined;
    return charge === undefined ? [] : [charge];
  });
}

/** Invoke identifier, perhaps a linked one (tag 0x80), operation, argument. */
function readInvoke(component: Tlv): Charge | undefined {
  const parts = inside(component)?.filter(({ tag }) => tag !== primitive(0));
  const [identifier, operation, argument] = parts ?? [];
  if (identifier?.tag !== tags.integer || operation?.tag !== tags.integer || argument === undefined) {
    return undefined;
  }
  const value = readInteger(operation.content);
  return value === undefined ? undefined : operations[value]?.(argument);
}

type ReadAmount = (recorded: Tlv | undefined) => ChargeAmount | undefined;

/** AOCDCurrency and AOCDChargingUnit: NULL, [1] NULL for free of charge, or what is recorded so far. */
function during(argument: Tlv, read: ReadAmount): Charge | undefined {
  if (argument.tag === tags.null) return { phase: "during", amount: { type: "not-available" } };
  if (argument.tag === primitive(1)) return { phase: "during", amount: { type: "free" } };
  if (argument.tag !== tags.sequence) return undefined;
  const parts = inside(argument);
  const amount = read(withTag(parts, constructed(1)));
  if (amount === undefined) return undefined;
  const subtotal = integerAt(parts, primitive(2)) === 0;
  return { phase: "during", amount, subtotal, ...billing(integerAt(parts, primitive(3))) };
}

/** AOCECurrency and AOCEChargingUnit: NULL, or a sequence that begins with the choice of free or recorded. */
function atEnd(argument: Tlv, read: ReadAmount): Charge | undefined {
  if (argument.tag === tags.null) return { phase: "end", amount: { type: "not-available" } };
  if (argument.tag !== tags.sequence) return undefined;
  const [choice] = inside(argument) ?? [];
  if (choice?.tag === primitive(1)) return { phase: "end", amount: { type: "free" } };
  if (choice?.tag !== tags.sequence) return undefined;
  const parts = inside(choice);
  const amount = read(withTag(parts, constructed(1)));
  return amount && { phase: "end", amount, ...billing(integerAt(parts, primitive(2))) };
}

function billing(value: number | undefined): { readonly billing?: number } {
  return value === undefined ? {} : { billing: value };
}

const multipliers: readonly Multiplier[] = [0.001, 0.01, 0.1, 1, 10, 100, 1000];

/** RecordedCurrency. */
function readCurrency(recorded: Tlv | undefined): ChargeAmount | undefined {
  const parts = inside(recorded);
  const currency = withTag(parts, primitive(1));
  const value = inside(withTag(parts, constructed(2)));
  const amount = integerAt(value, primitive(1));
  const multiplier = multipliers[integerAt(value, primitive(2)) ?? -1];
  if (currency === undefined || amount === undefined || multiplier === undefined) return undefined;
  return { type: "currency", currency: decodeIa5(currency.content), amount, multiplier };
}

/** RecordedUnitsList. */
function readUnits(recorded: Tlv | undefined): ChargeAmount | undefined {
  const list = inside(recorded)?.map(readUnit);
  if (list === undefined || list.length === 0) return undefined;
  const units = list.filter((unit) => unit !== undefined);
  return units.length === list.length ? { type: "units", units } : undefined;
}

/** A number of units or NULL, and perhaps their type. */
function readUnit(item: Tlv): ChargedUnits | undefined {
  const [count, kind] = inside(item) ?? [];
  if (count === undefined) return undefined;
  const units = count.tag === tags.integer ? readInteger(count.content) : undefined;
  if (units === undefined && count.tag !== tags.null) return undefined;
  const type = kind && readInteger(kind.content);
  return type === undefined ? { units } : { units, kind: type };
}
