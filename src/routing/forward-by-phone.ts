// A telephone says by code where its calls go, or that it is not to be disturbed, and hears that it is so.
import type { Call } from "../calls/call.ts";
import type { SayItem } from "../calls/say.ts";
import { cause } from "../calls/state.ts";
import type { Destination, Extension } from "../config/settings.ts";
import type { Logger } from "../shared/log.ts";
import { carryOut } from "./answers.ts";
import { forwardWays, type ForwardFeature } from "./forward-features.ts";

export const isPhoneFeature = (feature: string): feature is ForwardFeature | "doNotDisturb" =>
  feature === "doNotDisturb" || Object.hasOwn(forwardWays, feature);

export interface PhoneFeatureDeps {
  readonly log: Logger;
  readonly extension: (number: string) => Extension | undefined;
  readonly mayCall: (extension: string, to: Destination) => boolean;
  readonly change: (edit: (extension: Extension) => void, number: string) => Promise<void>;
}

/** @param to where calls go; undefined: they stay */
export function setByPhone(
  call: Call,
  feature: ForwardFeature | "doNotDisturb",
  to: Destination | undefined,
  { log, extension, mayCall, change }: PhoneFeatureDeps,
): void {
  const own = extension(call.line.extension ?? "");
  if (own === undefined || (to !== undefined && !mayCall(own.number, to))) return call.end(cause.notAllowed);
  const carry = (edit: (extension: Extension) => void, said: readonly SayItem[]): void =>
    carryOut(call, feature, log, () => change(edit, own.number), said);
  if (feature === "doNotDisturb") {
    const on = !own.doNotDisturb;
    return carry(
      (one) => (one.doNotDisturb = on),
      [{ prompt: on ? "do-not-disturb-on" : "do-not-disturb-off" }],
    );
  }
  carry(
    (one) => {
      const { [forwardWays[feature]]: _before, ...rest } = one.forward;
      one.forward = to === undefined ? rest : { ...rest, [forwardWays[feature]]: to };
    },
    [
      { prompt: to === undefined ? "forward-off" : "forward-on" },
      ...(to !== undefined && "outside" in to ? [{ digits: to.outside }] : []),
      ...(to !== undefined && "extension" in to ? [{ digits: to.extension }] : []),
    ],
  );
}
