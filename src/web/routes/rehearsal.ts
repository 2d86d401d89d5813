// The rehearsal room: what a person does at a simulated telephone.
import { CallboxError } from "../../shared/errors.ts";
import type { Stations } from "../../rehearsal/station.ts";
import type { StationAction } from "../api/rehearsal.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers } from "../handlers.ts";
import { present, stationView } from "../views.ts";

type Named = "GET /rehearsal/stations" | "POST /rehearsal/stations/:id/actions";

export function rehearsalRoutes({ rehearsal }: Pick<WebDeps, "rehearsal">): Pick<Handlers, Named> {
  return {
    "GET /rehearsal/stations": () => ({ stations: rehearsal?.stations().map(stationView) ?? [] }),
    "POST /rehearsal/stations/:id/actions": ({ params: { id }, body }) => {
      const unknown = new CallboxError("ERR_STATION_UNKNOWN", { detail: id });
      if (rehearsal === undefined) throw unknown;
      act(rehearsal, id, body);
      const station = rehearsal.stations().find((one) => one.id === id);
      if (station === undefined) throw unknown;
      return stationView(station);
    },
  };
}

function act(stations: Stations, id: string, action: StationAction): void {
  switch (action.action) {
    case "dial":
      return stations.dial(id, action.number, present({ trunk: action.trunk }));
    case "press":
      for (const digit of action.digits) stations.press(id, digit);
      return;
    case "lift":
      return stations.lift(id);
    case "hang-up":
      return stations.hangUp(id);
    case "flash":
      return stations.flash(id);
  }
}
