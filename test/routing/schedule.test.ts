// Open or not: weeks, single days, holidays, by hand; over midnight, over the new year, over changes of the clocks.
import t from "tap";
import { scheduleAt, type Calendar } from "../../src/routing/schedule.ts";
import { localTime } from "../../src/shared/local-time.ts";

const weekdays = ["mon", "tue", "wed", "thu", "fri"] as const;
const calendar: Calendar = {
  timeZone: "Europe/Berlin",
  schedules: [
    {
      id: "office",
      name: "Office",
      week: [
        { days: [...weekdays], from: "09:00", to: "12:30" },
        { days: [...weekdays], from: "13:30", to: "18:00" },
        { days: ["sat"], from: "22:00", to: "06:00" },
      ],
      dates: [
        { date: "2027-01-09", open: [{ from: "10:00", to: "14:00" }] },
        { date: "2027-02-01", until: "2027-02-03", open: [] },
        { date: "2027-12-24", open: [{ from: "09:00", to: "12:00" }] },
      ],
      holidays: ["de"],
      override: "none",
    },
    {
      id: "night",
      name: "Night",
      week: [{ days: ["sun"], from: "01:30", to: "03:30" }],
      dates: [],
      holidays: [],
      override: "none",
    },
    { id: "hand", name: "Hand", week: [], dates: [], holidays: [], override: "open" },
    {
      id: "shut",
      name: "Shut",
      week: [{ days: [...weekdays], from: "00:00", to: "24:00" }],
      dates: [],
      holidays: [],
      override: "closed",
    },
    {
      id: "always",
      name: "Always",
      week: [{ days: ["sun", ...weekdays, "sat"], from: "00:00", to: "24:00" }],
      dates: [],
      holidays: [],
      override: "none",
    },
  ],
  holidays: [
    {
      id: "de",
      name: "Germany",
      days: [{ date: "12-24", until: "01-01", name: "Christmas" }, { date: "2027-03-26" }, { date: "02-29" }],
    },
    { id: "other", name: "Other", days: [{ date: "2027-01-06" }] },
  ],
};

/** Berlin: UTC+1 in winter. */
const at = (text: string): number => Date.parse(`${text}:00+01:00`);

t.test("a moment, and what the office does", (t) => {
  const rows: readonly (readonly [string, string, object])[] = [
    ["2027-01-06T08:59", "before it opens", { state: "closed", by: "week" }],
    ["2027-01-06T09:00", "when it opens", { state: "open", by: "week" }],
    ["2027-01-06T12:30", "the end is outside", { state: "closed" }],
    ["2027-01-06T13:30", "after lunch", { state: "open" }],
    ["2027-01-02T23:00", "Saturday night", { state: "open" }],
    ["2027-01-03T05:59", "goes on to Sunday morning", { state: "open" }],
    ["2027-01-03T06:00", "until six", { state: "closed" }],
    ["2027-01-09T11:00", "a Saturday that is worked", { state: "open", by: "date" }],
    ["2027-01-09T23:00", "its own hours are all it has", { state: "closed", by: "date" }],
    ["2027-02-03T10:00", "the last of three days closed", { state: "closed", by: "date" }],
    ["2027-02-04T10:00", "the day after", { state: "open", by: "week" }],
    ["2027-12-24T10:00", "a single day goes before a holiday", { state: "open", by: "date" }],
    [
      "2027-12-29T10:00",
      "a holiday of every year, over the turn of the year",
      { state: "holiday", by: "holiday", name: "Christmas" },
    ],
    ["2027-01-01T10:00", "in the new year", { state: "holiday" }],
    ["2027-03-26T10:00", "named as its list", { state: "holiday", name: "Germany" }],
    ["2028-02-29T10:00", "a leap day", { state: "holiday" }],
    ["2027-03-01T10:00", "no leap day", { state: "open" }],
  ];
  for (const [moment, name, expected] of rows)
    t.match(scheduleAt(calendar, "office", at(moment)), expected, `${moment}: ${name}`);
  t.match(scheduleAt(calendar, "hand", at("2027-01-06T03:00")), { state: "open", by: "override" });
  t.match(scheduleAt(calendar, "shut", at("2027-01-06T10:00")), { state: "closed", by: "override" });
  t.equal(scheduleAt(calendar, "none", 0), undefined);
  t.end();
});

t.test("when the clocks are changed, the clock on the wall counts", (t) => {
  const open = (utc: number): boolean => scheduleAt(calendar, "night", utc)?.state === "open";
  // 28 March 2027: 02:00 becomes 03:00. Open from 01:30 to 03:30 by the wall is one hour.
  t.equal(open(Date.UTC(2027, 2, 28, 0, 29)), false);
  t.equal(open(Date.UTC(2027, 2, 28, 0, 30)), true);
  t.equal(open(Date.UTC(2027, 2, 28, 1, 29)), true, "03:29");
  t.equal(open(Date.UTC(2027, 2, 28, 1, 30)), false, "03:30");
  // 31 October 2027: 03:00 becomes 02:00. The same hours are three.
  t.equal(open(Date.UTC(2027, 9, 30, 23, 30)), true);
  t.equal(open(Date.UTC(2027, 9, 31, 2, 29)), true, "03:29");
  t.equal(open(Date.UTC(2027, 9, 31, 2, 30)), false);
  t.end();
});

t.test("a whole day has no gap", (t) => {
  for (let minute = 0; minute < 1440; minute += 7)
    t.equal(scheduleAt(calendar, "always", at("2027-01-06T00:00") + minute * 60_000)?.state, "open");
  t.end();
});

t.test("the calendar and the clock on the wall", (t) => {
  t.same(localTime(Date.UTC(2026, 0, 5, 9, 30), "Asia/Shanghai"), {
    date: "2026-01-05",
    weekday: 1,
    time: "17:30",
  });
  t.same(localTime(Date.UTC(2026, 0, 5, 16), "Asia/Seoul"), {
    date: "2026-01-06",
    weekday: 2,
    time: "01:00",
  });
  t.same(localTime(Date.UTC(2026, 2, 29, 0, 59), "Europe/Berlin"), {
    date: "2026-03-29",
    weekday: 0,
    time: "01:59",
  });
  t.same(
    localTime(Date.UTC(2026, 2, 29, 1), "Europe/Berlin"),
    { date: "2026-03-29", weekday: 0, time: "03:00" },
    "summer time begins",
  );
  t.end();
});
