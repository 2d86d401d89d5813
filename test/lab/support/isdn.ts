// Libpri peers on a layout's spans.
import type { Context } from "./scenario.ts";
import type { Peer } from "./peer.ts";
import type { SpanPlace } from "./spans.ts";

export interface IsdnPeerOptions {
  readonly span: SpanPlace;
  readonly role: "network" | "user";
  readonly name: string;
  /** Further words of pri-peer's command line (`overlap: 1`, `debug: 1`). */
  readonly more?: Readonly<Record<string, string | number>>;
}

/** Starts pri-peer on a span's D-channel. */
export function isdnPeer(context: Context, options: IsdnPeerOptions): Promise<Peer> {
  const { span } = options;
  return context.peer({
    program: "pri-peer",
    name: options.name,
    arguments: {
      role: options.role,
      type: span.plan.kind === "BRI" ? "bri" : "pri",
      base: span.base,
      dchan: span.data ?? 0,
      channels: span.channels,
      ...options.more,
    },
  });
}
