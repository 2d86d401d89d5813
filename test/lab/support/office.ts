// The settings of the appliance under test, made from the near spans: E1 in group `e1` (dialled with 9), BRI in `bri`
// (7), FXO ports in `lines` (8), FXS ports as extensions 201, 202, …; agents 301, 302, … on one queue.
import { hashPassword } from "../../../src/config/password.ts";
import { checkSettings } from "../../../src/config/read.ts";
import type { Settings } from "../../../src/config/settings.ts";
import type { Layout } from "./spans.ts";

export const operator = { name: "lab", password: "lab-lab-lab-lab" } as const;
export const apiPort = 8443;

export interface OfficeOptions {
  /** Where calls from outside go that no incoming number says otherwise of. */
  readonly incoming: Settings["trunkGroups"][number]["incoming"];
  /** Sections laid over the office's own. */
  readonly more?: Partial<Record<keyof Settings, unknown>>;
}

export async function officeSettings(layout: Layout, options: OfficeOptions): Promise<Settings> {
  const digital = layout.near.filter((span) => span.plan.kind !== "analog");
  const ports = (role: "fxo" | "fxs") =>
    layout.near.flatMap((span) =>
      (span.plan.kind === "analog" ? span.plan.near : []).flatMap((own, index) =>
        own === role ? [{ span: span.number, position: index + 1 }] : [],
      ),
    );
  const groups = [
    ...new Set(digital.map((span) => span.plan.kind.toLowerCase())),
    ...(ports("fxo").length > 0 ? ["lines"] : []),
  ];
  const prefixes: Readonly<Record<string, string>> = { e1: "9", lines: "8", bri: "7" };
  const sections = {
    version: 1,
    appliance: { name: "Lab", country: "cn" },
    spans: digital.map((span) => ({ span: span.number, group: span.plan.kind.toLowerCase() })),
    analog: ports("fxo").map((port) => ({ port, group: "lines" })),
    trunkGroups: groups.map((id) => ({ id, name: id, callerNumber: "5550100", incoming: options.incoming })),
    outgoing: groups.map((group) => ({
      pattern: `${prefixes[group] ?? "6"}.`,
      group,
      strip: 1,
      class: "local",
    })),
    extensions: ports("fxs").map((port, index) => ({
      number: String(201 + index),
      name: `Phone ${201 + index}`,
      port,
    })),
    agents: ports("fxs").map((_, index) => ({
      number: String(301 + index),
      name: `Agent ${301 + index}`,
      queues: ["sales"],
    })),
    queues: [{ id: "sales", name: "Sales", number: "401", announceEverySeconds: 10, wrapUpSeconds: 3 }],
    users: [
      {
        name: operator.name,
        role: "admin",
        passwordHash: await hashPassword(operator.password),
        mustChange: false,
      },
    ],
    web: { host: "127.0.0.1", port: apiPort, tls: false },
    ...options.more,
  };
  return checkSettings(sections, "the lab's office");
}
