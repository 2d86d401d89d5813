// The mock server's change of lines on trial: a change of what spans are waits to be confirmed, as on the box.
import type { ChangeView } from "../../../src/web/api/changes.ts";
import type { PushedEvent } from "../../../src/web/api/events.ts";
import type { Reply } from "../../../src/web/api/routes.ts";

export function createMockChange(push: (event: PushedEvent) => void) {
  let view: ChangeView = { phase: "none" };
  const set = (next: ChangeView): Reply<"GET /lines/change"> => {
    view = next;
    push({ type: "change", change: view });
    return view;
  };
  const end = (outcome: "confirmed" | "taken-back") => (): Reply<"GET /lines/change"> => {
    const { trial } = view;
    if (trial === undefined) return view;
    const { id, by, at, spans } = trial;
    const reason = outcome === "taken-back" ? ({ reason: "undone" } as const) : {};
    const ended = { endedAt: Date.now(), endedBy: "admin" };
    return set({ phase: "none", last: { id, by, at, spans, outcome, ...reason, ...ended } });
  };
  const differences = [{ path: "/spans/0/side", before: '"user"', after: '"network"' }];
  const begin = (): Reply<"GET /lines/change"> => {
    const at = Date.now();
    return set({
      phase: "trial",
      trial: {
        ...{ id: "change-1", by: "admin", at, spans: [1], links: [1] },
        ...{ linksBy: at + 20_000, confirmBy: at + 120_000 },
        differences,
      },
    });
  };
  return {
    view: () => view,
    begin,
    handlers: {
      "GET /lines/change": () => view,
      "POST /lines/change/preview": () => ({ spans: [1], differences }),
      "POST /lines/change": begin,
      "POST /lines/change/confirm": end("confirmed"),
      "POST /lines/change/undo": end("taken-back"),
    },
  };
}
