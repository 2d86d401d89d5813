// The mock server's lines out of service: what is blocked shows on the lines, and every test passes but that of an alarm.
import { outOfServiceBy, covers, type LineTarget } from "../../../src/lines/service.ts";
import type { lineServiceRoutes } from "../../../src/web/api/line-service.ts";
import type { LineTest, LineView } from "../../../src/web/api/lines.ts";
import type { Params, Reply } from "../../../src/web/api/routes.ts";
import type { MockOffice } from "./mock-office.ts";

type Handlers = {
  readonly [K in keyof typeof lineServiceRoutes]: (input: { readonly params: Params<K> }) => Reply<K>;
};

/** This server converts no parameter: it is text. */
const spanOf = ({ number }: { readonly number: number | string }): LineTarget => ({ span: Number(number) });

export function mockLineService(office: Pick<MockOffice, "snapshot" | "setLine">): Handlers {
  let blocked: readonly LineTarget[] = [];
  const show = (): void => {
    for (const line of office.snapshot().lines) {
      const by = outOfServiceBy(blocked, line);
      const { outOfService: _before, ...rest } = line;
      const state: LineView["state"] =
        by !== undefined && line.state === "idle"
          ? "blocked"
          : by === undefined && line.state === "blocked"
            ? "idle"
            : line.state;
      office.setLine({ ...rest, state, ...(by === undefined ? {} : { outOfService: by }) });
    }
  };
  const same = (a: LineTarget, b: LineTarget): boolean => JSON.stringify(a) === JSON.stringify(b);
  const block = (target: LineTarget) => {
    blocked = [...blocked.filter((one) => !same(one, target)), target];
    show();
    return { cleared: 0 };
  };
  const unblock = (target: LineTarget): null => {
    blocked = blocked.filter((one) => !same(one, target));
    show();
    return null;
  };
  const test = (target: LineTarget): LineTest => {
    const lines = office.snapshot().lines.filter((line) => covers(target, line));
    const good = lines.every(({ state }) => state !== "alarm");
    const checks = [
      { check: "alarms" as const, result: good ? ("passed" as const) : ("failed" as const) },
      { check: "data-link" as const, result: good ? ("passed" as const) : ("failed" as const) },
    ];
    return { passed: good, tested: lines.slice(0, 1).map(({ id }) => ({ line: id, checks })) };
  };
  return {
    "POST /lines/:id/block": ({ params }) => block({ line: params.id }),
    "POST /lines/:id/unblock": ({ params }) => unblock({ line: params.id }),
    "POST /lines/:id/bit-errors": () => ({
      bits: 640_000,
      errors: 0,
      losses: 0,
      erroredSeconds: 0,
      locked: true,
    }),
    "POST /lines/:id/echo-test": () => ({
      returnLossDb: 14.2,
      cancelledLossDb: 43.9,
      spreadMs: 5.5,
      noiseDbm0: -63.1,
    }),
    "POST /lines/:id/level-test": () => ({ receivedDbm0: -3.1, returnedDbm0: -3.2, noiseDbm0: -61.4 }),
    "POST /lines/:id/tap": () => null,
    "POST /lines/:id/test": ({ params }) => test({ line: params.id }),
    "POST /spans/:number/block": ({ params }) => block(spanOf(params)),
    "POST /spans/:number/unblock": ({ params }) => unblock(spanOf(params)),
    "POST /spans/:number/test": ({ params }) => test(spanOf(params)),
    "POST /trunk-groups/:id/block": ({ params }) => block({ group: params.id }),
    "POST /trunk-groups/:id/unblock": ({ params }) => unblock({ group: params.id }),
    "POST /trunk-groups/:id/test": ({ params }) => test({ group: params.id }),
  };
}
