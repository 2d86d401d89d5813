// The console's pages: who may see each, and the chunk that it is loaded from.
import type { Component } from "svelte";
import type { Role } from "../../web/api/session.ts";
import type { IconName } from "../parts/icons.ts";

export type PageName =
  "lines" | "calls" | "queues" | "records" | "reports" | "voicemail" | "faxes" | "rehearsal" | "settings";

export interface Page {
  readonly name: PageName;
  readonly icon: IconName;
  readonly roles: readonly Role[];
  readonly load: () => Promise<{ readonly default: Component }>;
}

const all: readonly Role[] = ["admin", "supervisor", "agent"];

export const pages: readonly Page[] = [
  {
    name: "lines",
    icon: "lines",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/lines/Lines.svelte"),
  },
  {
    name: "calls",
    icon: "calls",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/calls/Calls.svelte"),
  },
  { name: "queues", icon: "queues", roles: all, load: () => import("../pages/queues/Queues.svelte") },
  { name: "records", icon: "records", roles: all, load: () => import("../pages/records/Records.svelte") },
  {
    name: "reports",
    icon: "reports",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/reports/Reports.svelte"),
  },
  {
    name: "voicemail",
    icon: "voicemail",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/voicemail/Voicemail.svelte"),
  },
  {
    name: "faxes",
    icon: "fax",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/faxes/Faxes.svelte"),
  },
  {
    name: "rehearsal",
    icon: "rehearsal",
    roles: ["admin", "supervisor"],
    load: () => import("../pages/rehearsal/Rehearsal.svelte"),
  },
  {
    name: "settings",
    icon: "settings",
    roles: ["admin"],
    load: () => import("../pages/settings/Settings.svelte"),
  },
];
