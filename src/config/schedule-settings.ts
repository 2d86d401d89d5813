// When an office is open: weekly hours, single days that differ, lists of holidays. All in the appliance's time zone.
import { Type, type Static } from "typebox";
import { Exact, Id, Name } from "./fields.ts";

export const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;

export const Hour = Type.String({ pattern: "^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$", description: "hh:mm" });

/** `to` is no longer part of it. A `to` that is not after `from` is on the next day: 22:00 to 06:00. */
const Hours = { from: Hour, to: Hour };

/** `2027-02-06`, or `12-25` for every year. */
const Day = Type.String({
  pattern: "^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$",
  description: "yyyy-mm-dd, or mm-dd for every year.",
});

export const HolidayList = Exact({
  id: Id,
  name: Name,
  days: Type.Array(
    Exact({
      date: Day,
      /** The last day, of the same form as `date`; one day when left out. */
      until: Type.Optional(Day),
      name: Type.Optional(Name),
    }),
    { default: [] },
  ),
});

export const Schedule = Exact({
  id: Id,
  name: Name,
  week: Type.Array(Exact({ days: Type.Array(Type.Enum([...weekdays]), { minItems: 1 }), ...Hours }), {
    default: [],
  }),
  /** Days that are not as the week says, before holidays too: a Saturday that is worked, a short day. */
  dates: Type.Array(
    Exact({ date: Day, until: Type.Optional(Day), open: Type.Array(Exact(Hours), { default: [] }) }),
    { default: [] },
  ),
  /** Holiday lists that count here. */
  holidays: Type.Array(Id, { default: [] }),
  /** By hand, until it is taken back: set by a feature code or from the console. */
  override: Type.Enum(["none", "open", "closed"], { default: "none" }),
  /** What a phone dials after the code that opens, closes or resets it; none: not by phone. */
  code: Type.Optional(Type.String({ pattern: "^[0-9]{1,4}$" })),
});

export type Schedule = Static<typeof Schedule>;
export type HolidayList = Static<typeof HolidayList>;
