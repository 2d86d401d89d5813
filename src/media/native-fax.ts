// A fax on a port of the native engine.
import type { engine } from "node-dahdi";
import type { FaxEnd, FaxOptions, FaxProgress, FaxSession } from "./engine.ts";
import type { Surroundings } from "./native-sound.ts";

type Report = Extract<engine.NativeEvent, { readonly type: "fax-page" | "fax-end" }>;

export function startFax(
  port: number,
  { native, ends, closed }: Pick<Surroundings, "native" | "ends" | "closed">,
  options: FaxOptions,
): FaxSession {
  const {
    calling,
    ident = "",
    header = "",
    zone = "",
    errorCorrection = true,
    fast = true,
    onPage,
  } = options;
  const [send, receive] = "send" in options ? [options.send, ""] : ["", options.receive];
  const id = closed()
    ? 0
    : native.startFax(port, calling, send, receive, ident, header, zone, errorCorrection, fast);
  if (id === 0) return { finished: Promise.resolve(nothing), stop: () => undefined };
  const { promise, resolve } = Promise.withResolvers<FaxEnd>();
  ends.set(id, (event) => {
    if (event.type === "fax-page") onPage?.(progress(event));
    else if (event.type === "fax-end")
      resolve({ ...progress(event), reason: event.reason, status: event.status });
  });
  return {
    finished: promise,
    stop() {
      if (!closed()) native.stopFax(port, id);
    },
  };
}

const nothing: FaxEnd = {
  reason: "closed",
  status: "dropped",
  pages: 0,
  bitRate: 0,
  errorCorrection: false,
  badRows: 0,
  longestBadRun: 0,
};

function progress({ pages, bitRate, errorCorrection, badRows, longestBadRun, far }: Report): FaxProgress {
  return {
    pages,
    bitRate,
    errorCorrection,
    badRows,
    longestBadRun,
    ...(far !== "" && { far }),
  };
}
