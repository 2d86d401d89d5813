// Taking lines, spans and trunk groups out of service and back, and testing them. The settings keep it, so that it
// outlives a restart; the journal keeps who did it.
import type { OutOfService, Settings } from "../../config/settings.ts";
import { covers, targetName, type LineTarget } from "../../lines/service.ts";
import { CallboxError } from "../../shared/errors.ts";
import type { lineServiceRoutes as table } from "../api/line-service.ts";
import type { Block, LineTest } from "../api/lines.ts";
import type { WebDeps } from "../deps.ts";
import type { Handlers, ReadonlyDeep } from "../handlers.ts";
import { present } from "../views.ts";

type Named = keyof typeof table;
type ServiceDeps = Pick<WebDeps, "settings" | "lines" | "note">;

export function lineServiceRoutes({ settings, lines, note }: ServiceDeps): Pick<Handlers, Named> {
  const block = async (target: LineTarget, { when, reason }: Block, by: string) => {
    const known = lines.list().some((line) => covers(target, line));
    if (!known) throw unknown(target);
    const entry = { ...target, ...present({ reason }) };
    await settings.update((draft) => (draft.outOfService = [...without(draft, target), entry]), { by });
    const cleared = when === "now" ? lines.clear(target) : 0;
    note({
      type: "service.blocked",
      target: targetName(target),
      by,
      when,
      cleared,
      ...present({ reason }),
    });
    return { cleared };
  };

  const unblock = async (target: LineTarget, by: string): Promise<null> => {
    const before = settings.current();
    const kept = without(before, target);
    if (kept.length < before.outOfService.length) {
      await settings.update((draft) => (draft.outOfService = without(draft, target)), { by });
      note({ type: "service.returned", target: targetName(target), by });
    }
    const larger = "line" in target ? lines.list().find(({ id }) => id === target.line) : undefined;
    if (larger?.outOfService === "span" || larger?.outOfService === "group")
      throw new CallboxError("ERR_OUT_OF_SERVICE", {
        detail: targetName(
          larger.outOfService === "span" ? { span: larger.span } : { group: larger.group ?? "" },
        ),
      });
    return null;
  };

  const test = async (target: LineTarget, by: string): Promise<ReadonlyDeep<LineTest>> => {
    const { passed, tested } = await lines.test(target);
    note({ type: "service.tested", target: targetName(target), by, passed });
    return {
      passed,
      tested: tested.map(({ line, span, checks }) => ({ ...present({ line, span }), checks })),
    };
  };

  return {
    "POST /lines/:id/block": ({ params: { id }, body, user }) => block({ line: id }, body, user.name),
    "POST /lines/:id/unblock": ({ params: { id }, user }) => unblock({ line: id }, user.name),
    "POST /lines/:id/test": ({ params: { id }, user }) => test({ line: id }, user.name),
    "POST /lines/:id/bit-errors": async ({ params: { id }, body, user }) => {
      const found = await lines.bitErrors(id, body.seconds * 1000);
      const passed = found.locked && found.errors === 0 && found.losses === 0;
      note({ type: "service.tested", target: targetName({ line: id }), by: user.name, passed });
      return found;
    },
    "POST /lines/:id/echo-test": ({ params: { id }, body }) => lines.echo(id, body.dial),
    "POST /lines/:id/tap": async ({ params: { id }, body, user }) => {
      const { extension, direction = "both", beforeCanceller = false } = body;
      await lines.tap(id, { extension, direction, beforeCanceller });
      note({
        type: "service.tapped",
        target: targetName({ line: id }),
        by: user.name,
        extension,
      });
      return null;
    },
    "POST /lines/:id/level-test": ({ params: { id }, body }) => lines.level(id, body),
    "POST /spans/:number/block": ({ params: { number }, body, user }) =>
      block({ span: number }, body, user.name),
    "POST /spans/:number/unblock": ({ params: { number }, user }) => unblock({ span: number }, user.name),
    "POST /spans/:number/test": ({ params: { number }, user }) => test({ span: number }, user.name),
    "POST /trunk-groups/:id/block": ({ params: { id }, body, user }) => block({ group: id }, body, user.name),
    "POST /trunk-groups/:id/unblock": ({ params: { id }, user }) => unblock({ group: id }, user.name),
    "POST /trunk-groups/:id/test": ({ params: { id }, user }) => test({ group: id }, user.name),
  };
}

function without({ outOfService }: Pick<Settings, "outOfService">, target: LineTarget): OutOfService[] {
  return outOfService.filter((entry) => targetName(entry) !== targetName(target));
}

function unknown(target: LineTarget): CallboxError {
  if ("span" in target) return new CallboxError("ERR_SPAN_UNKNOWN", { detail: String(target.span) });
  return new CallboxError("ERR_LINE_UNKNOWN", { detail: "line" in target ? target.line : target.group });
}
