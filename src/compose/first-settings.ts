// The settings of a box that has cards and starts for the first time: every port found is put to use, so that
// a small office that only plugs in has a menu, two queues and working telephones.
import { checkSettings } from "../config/read.ts";
import { newBoxCodes, type Settings } from "../config/settings.ts";

/** What of the boards' spans counts here. */
export interface FoundSpan {
  readonly number: number;
  readonly kind: "E1" | "BRI" | "analog";
  readonly channels: readonly {
    readonly kind: string;
    readonly role?: "fxo" | "fxs";
    readonly position: number;
  }[];
}

const groupNames = { e1: "E1", bri: "ISDN BRI", analog: "Analog lines" } as const;
type Group = keyof typeof groupNames;

const emergencies = ["110", "112", "119", "120"];
/** Nobody wants to be given more than this many telephones' numbers at once; the rest are added by hand. */
const mostExtensions = 99;

/** Trunks by kind in one group each, telephones numbered from 201, agents from 301. */
export function firstSettings(spans: readonly FoundSpan[]): Settings {
  const digital = spans.filter(({ kind }) => kind !== "analog");
  const ports = (role: "fxo" | "fxs") =>
    spans.flatMap(({ number, channels }) =>
      channels.filter((channel) => channel.role === role).map(({ position }) => ({ span: number, position })),
    );
  const lines = ports("fxo");
  const phones = ports("fxs").slice(0, mostExtensions);
  const groups: readonly Group[] = [
    ...(spans.some(({ kind }) => kind === "E1") ? (["e1"] as const) : []),
    ...(spans.some(({ kind }) => kind === "BRI") ? (["bri"] as const) : []),
    ...(lines.length > 0 ? (["analog"] as const) : []),
  ];
  return checkSettings(
    {
      version: 1,
      featureCodes: newBoxCodes,
      spans: digital.map(({ number, kind }) => ({ span: number, group: kind === "E1" ? "e1" : "bri" })),
      analog: lines.map((port) => ({ port, group: "analog" })),
      trunkGroups: groups.map((id) => ({ id, name: groupNames[id], incoming: { flow: "main" } })),
      outgoing: outgoingRoutes(groups[0]),
      extensions: phones.map((port, i) => ({
        number: String(201 + i),
        name: `Phone ${201 + i}`,
        port,
        classes: ["emergency", "internal", "local", "national", "mobile"],
      })),
      agents: phones
        .slice(0, 8)
        .map((_, i) => ({ number: String(301 + i), name: `Agent ${301 + i}`, queues: ["sales", "support"] })),
      queues: [
        { id: "sales", name: "Sales", number: "401" },
        { id: "support", name: "Support", number: "402" },
      ],
    },
    "the first settings",
  );
}

/** Outside numbers are dialled with 9; international and premium ones stay denied until a class is given. */
function outgoingRoutes(group: Group | undefined): readonly object[] {
  if (group === undefined) return [];
  return [
    ...emergencies.map((pattern) => ({ pattern, group, class: "emergency" })),
    { pattern: "900.", group, strip: 1, class: "international" },
    { pattern: "90.", group, strip: 1, class: "national" },
    { pattern: "91XXXXXXXXXX", group, strip: 1, class: "mobile" },
    { pattern: "9.", group, strip: 1, class: "local" },
  ];
}
