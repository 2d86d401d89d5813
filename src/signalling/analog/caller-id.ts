// Caller identity and message waiting on analog lines: what the messages say (Bellcore GR-30 and GR-31, ETSI EN 300 659-3),
// and the forms by DTMF (EN 300 659-3 annex B). Everything from a line is taken for hostile: what is not understood is no
// identity.
import type { CallerIdentity } from "./types.ts";

/** Message types: one field, several, and message waiting. */
const single = 0x04;
const multiple = 0x80;
const waiting = 0x82;
/** Fields of the latter two. */
const field = {
  time: 0x01,
  number: 0x02,
  noNumber: 0x04,
  name: 0x07,
  noName: 0x08,
  indicator: 0x0b,
} as const;

const mostDigits = 20;
const mostName = 50;

/** Fields of a message of several; `undefined` when their lengths do not fit it. */
function fieldsOf(body: Uint8Array): ReadonlyMap<number, Uint8Array> | undefined {
  const fields = new Map<number, Uint8Array>();
  for (let at = 0; at < body.length;) {
    const [type = 0, length] = body.subarray(at, at + 2);
    if (length === undefined || at + 2 + length > body.length) return undefined;
    if (!fields.has(type)) fields.set(type, body.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return fields;
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** A reason in the place of the number: `P` withheld, `O` not known; spoilt, it says nothing. */
function absent(reason: string): CallerIdentity {
  return { number: "", name: "", presentation: reason === "P" ? "restricted" : "unavailable" };
}

function identity(number: string, name: string): CallerIdentity | undefined {
  const digits = number.replaceAll(/[ -]/gu, "");
  if (!/^\+?[0-9*#]+$/u.test(digits) || digits.length > mostDigits) return undefined;
  return { number: digits, name, presentation: "allowed" };
}

/** Printable, and no longer than a display. */
const cleanName = (name: string): string =>
  name
    // eslint-disable-next-line no-control-regex -- from a line, anything may come
    .replaceAll(/[\u0000-\u001F\u007F-\u009F]/gu, "")
    .trim()
    .slice(0, mostName);

/** What a message of an exchange says of the caller; `undefined` when it is of another kind, or spoilt. */
export function readCaller(message: Uint8Array): CallerIdentity | undefined {
  const [type, length] = message;
  if (length === undefined || message.length < 2 + length) return undefined;
  const body = message.subarray(2, 2 + length);
  if (type === single) {
    // Month, day, hour, minute; then the number, or the reason.
    const rest = text(body.subarray(8));
    return /^[OP]$/u.test(rest) ? absent(rest) : identity(rest, "");
  }
  if (type !== multiple) return undefined;
  const fields = fieldsOf(body);
  if (fields === undefined) return undefined;
  const name = cleanName(text(fields.get(field.name) ?? new Uint8Array()));
  const number = fields.get(field.number);
  if (number !== undefined) return identity(text(number), name);
  const reason = fields.get(field.noNumber);
  if (reason !== undefined) return { ...absent(text(reason)), name };
  return name === "" ? undefined : { number: "", name, presentation: "unavailable" };
}

/** As an exchange writes it: time, number or why not, name or why not. @param time of the line's country */
export function writeCaller(
  { number, name, presentation }: CallerIdentity,
  time: { readonly month: number; readonly day: number; readonly hour: number; readonly minute: number },
): Uint8Array {
  const shown = number.replaceAll(/[^0-9*#+]/gu, "").slice(0, mostDigits);
  const letters = /^[\u0020-\u007E]+$/u.test(name) ? name.slice(0, mostName) : "";
  const reason = presentation === "restricted" ? "P" : "O";
  const two = (value: number): string => String(value).padStart(2, "0");
  const open = presentation === "allowed";
  return compose(multiple, [
    [field.time, Buffer.from([time.month, time.day, time.hour, time.minute].map(two).join(""), "latin1")],
    open && shown !== ""
      ? [field.number, Buffer.from(shown, "latin1")]
      : [field.noNumber, Buffer.from(reason, "latin1")],
    ...(open && letters !== "" ? [[field.name, Buffer.from(letters, "latin1")] as const] : []),
    ...(open ? [] : [[field.noName, Buffer.from(reason, "latin1")] as const]),
  ]);
}

/** Switches a telephone's lamp for waiting messages (GR-1401, EN 300 659-3 §6.2). */
export const writeWaiting = (on: boolean): Uint8Array =>
  compose(waiting, [[field.indicator, Uint8Array.of(on ? 0xff : 0)]]);

function compose(type: number, fields: readonly (readonly [number, Uint8Array])[]): Uint8Array {
  const body = fields.flatMap(([name, value]) => [name, value.length, ...value]);
  return Uint8Array.of(type, body.length, ...body);
}

/** By DTMF: `A` or `D`, the number, `C` or `#`; `B` and digits, or `D` and one digit, in the place of a number: none. */
export function readCallerDigits(digits: string): CallerIdentity | undefined {
  const absence = /(?:B(?<c>\d{2})C|D(?<hash>[1-3])#)$/u.exec(digits);
  if (absence?.groups !== undefined) {
    const { c, hash } = absence.groups;
    return absent(c === "10" || hash === "1" ? "P" : "O");
  }
  const found = /[AD](?<number>\d{1,20})(?:D\d*)?[C#]$/u.exec(digits);
  return found?.groups === undefined ? undefined : identity(found.groups["number"] ?? "", "");
}

/** @param marks around the number, as `D` and `C`. */
export function writeCallerDigits(
  { number, presentation }: CallerIdentity,
  marks: { readonly begin: string; readonly end: string },
): string {
  const shown = number.replaceAll(/\D/gu, "").slice(0, mostDigits);
  if (presentation === "allowed" && shown !== "") return `${marks.begin}${shown}${marks.end}`;
  const [hash, c] = presentation === "restricted" ? ["1", "10"] : ["3", "00"];
  return marks.end === "#" ? `D${hash}#` : `B${c}C`;
}
