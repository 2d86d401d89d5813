// What agents choose from, asked for when a page first wants it and whenever settings have changed.
import type { Work } from "../../web/api/queues.ts";
import { request } from "./client.ts";
import { live } from "./live.svelte.ts";

export const work = $state<{ pauseReasons: Work["pauseReasons"]; wrapUpCodes: Work["wrapUpCodes"] }>({
  pauseReasons: [],
  wrapUpCodes: [],
});

let asked = -1;

/** For an effect of the page that shows it. */
export function wantWork(): void {
  if (asked === live.settingsRevision) return;
  asked = live.settingsRevision;
  void request("GET /work", {}).then(
    (reply) => Object.assign(work, reply),
    () => (asked = -1),
  );
}

export const pauseName = (id: string): string =>
  work.pauseReasons.find((reason) => reason.id === id)?.name ?? id;
export const wrapUpName = (id: string): string => work.wrapUpCodes.find((code) => code.id === id)?.name ?? id;
