// The office that a box without cards plays: an E1, two BRI, four outside analog lines, eight telephones.
import { checkSettings } from "./read.ts";
import { newBoxCodes, type Settings } from "./settings.ts";

const names = [
  "Reception",
  "Anna Weber",
  "Li Wei",
  "Kim Minjun",
  "Sofia Rossi",
  "Pierre Martin",
  "Workshop",
  "Meeting room",
];

/** Span numbers of the simulated board's demo office. */
export const demoSpans = { e1: 1, bri: [2, 3], fxo: 4, fxs: 5 } as const;

/** Settings of the demo office, new each time. Users are left to the first start. */
export function demoOffice(): Settings {
  return checkSettings(
    {
      version: 1,
      appliance: { name: "Callbox demo office", areaCode: "755" },
      featureCodes: {
        withhold: "*31",
        scheduleOpen: "*26",
        scheduleClosed: "*27",
        scheduleByHours: "*28",
        ...newBoxCodes,
      },
      spans: [
        { span: demoSpans.e1, name: "City E1", group: "city" },
        { span: demoSpans.bri[0], name: "BRI 1", group: "bri" },
        { span: demoSpans.bri[1], name: "BRI 2", group: "bri" },
      ],
      analog: [
        ...[1, 2, 3, 4].map((position) => ({
          port: { span: demoSpans.fxo, position },
          name: `Line ${position}`,
          group: "analog",
        })),
        ...names.map((name, i) => ({ port: { span: demoSpans.fxs, position: i + 1 }, name })),
      ],
      trunkGroups: [
        {
          id: "city",
          name: "City E1",
          hunt: "round-robin",
          reserveIncoming: 4,
          callerNumber: "88880000",
          incoming: { flow: "main" },
        },
        {
          id: "bri",
          name: "ISDN",
          hunt: "most-idle",
          callerNumber: "66660000",
          // An exchange that gives only the last four digits.
          calledIn: [{ match: "XXXX", replace: "6666XXXX" }],
          incoming: { flow: "main" },
        },
        { id: "analog", name: "Analog lines", hunt: "last", incoming: { flow: "main" } },
      ],
      incoming: [
        { called: "88880000", to: { flow: "main" } },
        { called: "88880001", to: { queue: "sales" } },
        { called: "88880002", to: { queue: "support" } },
        {
          called: "88880003",
          to: { schedule: "office", open: { queue: "support" }, closed: { flow: "after-hours" } },
          answer: "when-agent",
        },
        ...names.map((_, i) => ({ called: `8888020${i + 1}`, to: { extension: `20${i + 1}` } })),
      ],
      outgoing: [
        { pattern: "110", group: "city", class: "emergency" },
        { pattern: "112", group: "city", class: "emergency" },
        { pattern: "119", group: "city", class: "emergency" },
        { pattern: "120", group: "city", class: "emergency" },
        { pattern: "900.", group: "city", overflow: ["bri"], strip: 1, class: "international" },
        { pattern: "90.", group: "city", overflow: ["bri"], strip: 1, class: "national" },
        { pattern: "91XXXXXXXXXX", group: "city", strip: 1, class: "mobile" },
        { pattern: "9.", group: "city", overflow: ["bri"], strip: 1, class: "by-number" },
        { pattern: "7.", group: "bri", strip: 1, class: "local" },
        { pattern: "8.", group: "analog", strip: 1, class: "local" },
      ],
      schedules: [
        {
          id: "office",
          name: "Office hours",
          code: "1",
          week: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:30", to: "18:00" }],
          holidays: ["public"],
        },
      ],
      holidays: [
        {
          id: "public",
          name: "Public holidays",
          days: [
            { date: "01-01", name: "New Year" },
            { date: "05-01", name: "Labour Day" },
            { date: "10-01", until: "10-03", name: "National Day" },
          ],
        },
      ],
      blockList: [{ number: "+8616700000000", note: "Calls daily and says nothing" }],
      priorityCallers: [{ number: "01062345678", label: "VIP", priority: 5, note: "Our biggest customer" }],
      extensions: names.map((name, i) => ({
        number: `20${i + 1}`,
        name,
        port: { span: demoSpans.fxs, position: i + 1 },
        classes: ["emergency", "internal", "local", "national", "mobile"],
        ...(i === 0 ? { schedules: true } : {}),
      })),
      agents: [
        { number: "301", name: "Anna Weber", queues: ["sales", "support"] },
        { number: "302", name: "Li Wei", queues: ["sales"] },
        { number: "303", name: "Kim Minjun", queues: ["sales", "support"] },
        { number: "304", name: "Sofia Rossi", queues: ["support"] },
      ],
      queues: [
        { id: "sales", name: "Sales", number: "401", overflow: { extension: "201" } },
        { id: "support", name: "Support", number: "402", wrapUpSeconds: 20, overflow: { queue: "sales" } },
      ],
      rooms: [{ id: "team", name: "Team meeting", number: "501" }],
    },
    "the demo office",
  );
}
