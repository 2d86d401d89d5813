// Numbers worth dialling in a rehearsal, read off the settings.
import type { Destination, SettingsSections } from "../../../web/api/settings.ts";
import { t } from "../../i18n/i18n.svelte.ts";

export interface Hint {
  readonly number: string;
  readonly label: string;
}

/** What outsiders may call: incoming numbers that are exact. */
export function numbersOf(settings: SettingsSections): readonly Hint[] {
  return settings.incoming
    .filter((one) => /^[0-9]+$/.test(one.called))
    .map(({ called, to }) => ({ number: called, label: labelOf("schedule" in to ? to.open : to) }));
}

const labelOf = (to: Destination): string => Object.values(to)[0] ?? "";

/** What a telephone may dial besides extensions: queues and the agent's feature codes. */
export function codesOf(settings: SettingsSections): readonly Hint[] {
  const codes = settings.featureCodes;
  return [
    { number: codes.agentLogIn, label: t("rehearsal.code.logIn") },
    { number: codes.agentLogOut, label: t("rehearsal.code.logOut") },
    { number: codes.agentPause, label: t("rehearsal.code.pause") },
    { number: codes.agentReady, label: t("rehearsal.code.ready") },
    { number: codes.forwardAlways ?? "", label: t("field.codeForwardAlways") },
    { number: codes.doNotDisturb ?? "", label: t("field.codeUndisturbed") },
    ...settings.queues.flatMap((queue) =>
      queue.number === undefined ? [] : [{ number: queue.number, label: queue.name }],
    ),
  ].filter((hint) => hint.number !== "");
}
