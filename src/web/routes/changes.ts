// Changes of lines over the API; the settings' own routes for spans and analog ports end here as well.
import type { LineSettings } from "../../provisioning/affected.ts";
import type { changeRoutes as table, ChangeView } from "../api/changes.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers, ReadonlyDeep } from "../handlers.ts";
import { changeView, present } from "../views.ts";

type Named = keyof typeof table;

export function changeRoutes({ changes }: Pick<WebDeps, "changes">): Pick<Handlers, Named> {
  const view = (): ReadonlyDeep<ChangeView> => changeView(changes.state(), changes.differences());
  return {
    "GET /lines/change": view,
    "POST /lines/change/preview": ({ body }) => changes.preview(proposed(body)),
    "POST /lines/change": async ({ body, user }) => {
      const { revision, confirmSeconds } = body;
      const confirmMs = confirmSeconds === undefined ? undefined : confirmSeconds * 1000;
      await changes.apply(proposed(body), { by: user.name, ...present({ revision, confirmMs }) });
      return view();
    },
    "POST /lines/change/confirm": async ({ user }) => {
      await changes.confirm(user.name);
      return view();
    },
    "POST /lines/change/undo": async ({ user }) => {
      await changes.undo(user.name);
      return view();
    },
  };
}

function proposed({ spans, analog }: Partial<LineSettings>): Partial<LineSettings> {
  return present({ spans, analog });
}
