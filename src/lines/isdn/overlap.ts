// Incoming calls whose number is not whole yet: digits are gathered until the dial plan, the exchange or T302
// says that it is (Q.931 §5.2.4).
import type { CallId, CallIndication, Request, SetupIndication } from "../../signalling/isdn/types.ts";
import type { NumberMatch } from "../options.ts";

export interface Gathering {
  /** Takes an indication of this call. */
  indicate(indication: CallIndication): void;
}

export function gatherDigits(
  setup: SetupIndication,
  actions: {
    readonly match: (digits: string) => NumberMatch;
    readonly request: (request: Request) => void;
    /** The number is as whole as it will be. */
    readonly whole: (digits: string) => void;
  },
): Gathering {
  const call: CallId = setup.call;
  let digits = setup.called?.digits ?? "";
  actions.request({ type: "MoreInfoRequest", call });
  return {
    indicate(indication) {
      switch (indication.type) {
        case "InfoIndication":
          digits += indication.digits + indication.keypad;
          if (indication.sendingComplete || isWhole(actions.match(digits))) actions.whole(digits);
          return;
        case "TimeoutIndication":
          return actions.whole(digits);
        case "DisconnectIndication":
          return actions.request({ type: "ReleaseRequest", call });
        default:
          return;
      }
    },
  };
}

/** An invalid number is offered too: whoever deals with the call says what is wrong with it. */
export function isWhole(match: NumberMatch): boolean {
  return match === "complete" || match === "invalid";
}
