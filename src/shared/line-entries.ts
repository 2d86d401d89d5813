// What is said to the journal of spans, lines and trunk groups.

export type LineEntry =
  | {
      readonly type: "alarm.raised";
      readonly span: number;
      readonly name: string;
      readonly alarms: readonly string[];
    }
  | { readonly type: "alarm.cleared"; readonly span: number; readonly name: string }
  /** The span has its clock from another source now, by span number; 0: the card's own. */
  | {
      readonly type: "clock.moved";
      readonly span: number;
      readonly name: string;
      readonly from: number;
      readonly to: number;
    }
  | { readonly type: "line.state"; readonly line: string; readonly state: string }
  /** What comes in on it in this call is cut off at its peaks: `share` (0–1) of the samples of a second. */
  | { readonly type: "line.too-loud"; readonly line: string; readonly share: number }
  /** No line of the trunk group can be had: all carry calls, or are out; and one can again. `lines`: how many it has. */
  | { readonly type: "group.full"; readonly group: string; readonly lines: number }
  | { readonly type: "group.free"; readonly group: string; readonly lines: number }
  /** A person took a line, span or trunk group out of service. `now`: its calls were ended, so many. */
  | (OfService & {
      readonly type: "service.blocked";
      readonly when: "idle" | "now";
      readonly cleared: number;
      readonly reason?: string;
    })
  /** What some lines are was changed, on trial until `confirmBy`. */
  | {
      readonly type: "lines.change-applied";
      readonly id: string;
      readonly by: string;
      readonly spans: readonly number[];
      readonly confirmBy: number;
    }
  /** The change was kept, or taken back: why, and for which spans whose D-channel did not return. */
  | {
      readonly type: "lines.change-ended";
      readonly id: string;
      readonly by: string;
      readonly spans: readonly number[];
      readonly outcome: "confirmed" | "taken-back";
      readonly reason?: "undone" | "unconfirmed" | "data-link" | "restart";
      readonly lost?: readonly number[];
      readonly endedBy: string;
    }
  | (OfService & { readonly type: "service.returned" })
  | (OfService & { readonly type: "service.tested"; readonly passed: boolean })
  /** A telephone heard what goes on on a line. */
  | (OfService & { readonly type: "service.tapped"; readonly extension: string });

interface OfService {
  /** `line 1/16`, `span 2`, `trunk group city`. */
  readonly target: string;
  readonly by: string;
}
