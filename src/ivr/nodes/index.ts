// The kinds of nodes there are. A new one is one file beside this one and one line here.
import type { NodeKind } from "../node.ts";
import { collect } from "./collect.ts";
import { fax } from "./fax.ts";
import { hangUp } from "./hang-up.ts";
import { menu } from "./menu.ts";
import { play } from "./play.ts";
import { queue } from "./queue.ts";
import { schedule } from "./schedule.ts";
import { setLanguage } from "./set-language.ts";
import { transfer } from "./transfer.ts";
import { voicemail } from "./voicemail.ts";

export const nodeKinds: ReadonlyMap<string, NodeKind> = new Map(
  [play, menu, collect, queue, transfer, voicemail, fax, hangUp, setLanguage, schedule].map((kind) => [
    kind.type,
    kind,
  ]),
);
