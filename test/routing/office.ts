// An office in Shenzhen for routing's tables: two trunk groups, phones of every kind, schedules and lists.
import { checkSettings } from "../../src/config/read.ts";
import { nothingUsed, type RoutingContext, type Used } from "../../src/routing/context.ts";
import { scopeName } from "../../src/routing/usage.ts";

const base = {
  version: 1,
  appliance: { country: "cn", areaCode: "755", timeZone: "Asia/Shanghai" },
  featureCodes: { withhold: "*31", scheduleOpen: "*26", scheduleClosed: "*27", scheduleByHours: "*28" },
  extensions: [
    { number: "201", name: "Desk", port: { span: 4, position: 1 } },
    {
      number: "202",
      name: "Manager",
      port: { span: 4, position: 2 },
      classes: ["local", "international"],
      callerNumber: "88880202",
    },
    {
      number: "203",
      name: "All",
      port: { span: 4, position: 3 },
      classes: ["local", "national", "mobile", "international", "premium"],
    },
    { number: "2020", name: "No port", classes: [] },
  ],
  agents: [
    { number: "301", name: "Anna", queues: ["support", "sales"] },
    { number: "302", name: "Ben", queues: ["sales"], callerNumber: "88880302" },
  ],
  queues: [
    { id: "sales", name: "Sales", number: "401", callerNumber: "88880401" },
    { id: "support", name: "Support", number: "402" },
  ],
  trunkGroups: [
    { id: "city", name: "City", callerNumber: "88880000", incoming: { flow: "main" } },
    {
      id: "bri",
      name: "ISDN",
      callerNumber: "66660000",
      numberFormat: "by-type",
      incoming: { queue: "sales" },
      answer: "when-agent",
      anonymous: "reject",
    },
  ],
  incoming: [
    { called: "88880001", to: { extension: "201" } },
    { called: "8888*", to: { flow: "forty" } },
    { called: "8888*", group: "bri", to: { flow: "bri-forty" }, answer: "at-once" },
    { called: "88888*", to: { flow: "longer" } },
    { called: "*", calling: "0108*", to: { queue: "support" } },
    { called: "*", calling: "+8613900139000", to: { extension: "202" } },
    { called: "99", calling: "anonymous", anonymous: "announce", to: { flow: "main" } },
    {
      called: "77",
      to: {
        schedule: "office",
        open: { queue: "sales" },
        closed: { flow: "night" },
        holiday: { flow: "feast" },
      },
    },
  ],
  outgoing: [
    { pattern: "110", group: "city", class: "emergency" },
    { pattern: "900.", group: "city", overflow: ["bri"], strip: 1, class: "international" },
    { pattern: "9XXXXXXXX", group: "city", overflow: ["bri"], strip: 1, class: "local" },
    { pattern: "9.", group: "city", strip: 1, class: "by-number" },
    { pattern: "8.", group: "bri", strip: 1, class: "local" },
  ],
  schedules: [
    {
      id: "office",
      name: "Office",
      code: "1",
      week: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "09:00", to: "18:00" }],
      holidays: ["cn"],
    },
  ],
  holidays: [{ id: "cn", name: "China", days: [{ date: "10-01", until: "10-07", name: "National Day" }] }],
  blockList: [
    { number: "+8613700*", note: "nuisance" },
    { number: "057188888888", action: "announce" },
    { number: "02088888888", action: "busy" },
  ],
  priorityCallers: [{ number: "13700137000", label: "VIP", priority: 7 }],
};

/** Wednesday 6 January 2027, 10:00 in Shanghai. */
export const wednesdayMorning = Date.UTC(2027, 0, 6, 2);

export interface OfficeOptions {
  /** Replaces whole parts of the settings. */
  readonly part?: object;
  readonly used?: Readonly<Record<string, Partial<Used>>>;
  readonly agents?: Readonly<Record<string, string>>;
  readonly now?: number;
}

export function office({
  part = {},
  used = {},
  agents = {},
  now = wednesdayMorning,
}: OfficeOptions = {}): RoutingContext {
  return {
    settings: checkSettings({ ...base, ...part }, "test"),
    used: (scope) => ({ ...nothingUsed, ...used[scopeName(scope)] }),
    agentAt: (extension) => agents[extension],
    now,
  };
}
