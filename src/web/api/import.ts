// Taking over the settings of another system's files: what they come to here. Nothing is changed by it.
import { Type, type Static } from "typebox";
import { AnalogSettings, IncomingDestination, SpanSettings } from "../../config/settings.ts";

const Line = { line: Type.Integer({ minimum: 1 }), text: Type.String() };

export const LinesImport = Type.Object({
  spans: Type.Array(SpanSettings, { description: "The whole section, with what the file does not name." }),
  analog: Type.Array(AnalogSettings, { description: "Likewise." }),
  trunkGroups: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      withhold: Type.Optional(Type.Literal(true)),
      incoming: IncomingDestination,
    }),
    { description: "Groups that are missing." },
  ),
  understood: Type.Array(Type.Object({ ...Line, became: Type.String() })),
  notUnderstood: Type.Array(Type.Object({ ...Line, why: Type.String() })),
});

const File = Type.Object(
  { text: Type.String({ maxLength: 500_000, description: "The file." }) },
  { additionalProperties: false },
);

export const importRoutes = {
  "POST /import/chan-dahdi": {
    access: "admin",
    summary: "What an Asterisk chan_dahdi.conf comes to here, line by line; changes nothing",
    body: File,
    reply: LinesImport,
  },
  "POST /import/system-conf": {
    access: "admin",
    summary: "What the driver's system.conf says of the spans' lines, as settings; changes nothing",
    body: File,
    reply: LinesImport,
  },
  "POST /export/assigned-spans": {
    access: "admin",
    summary: "The driver's assigned-spans.conf with the numbers that spans have now; writes nothing",
    body: File,
    reply: Type.Object({
      text: Type.String(),
      cards: Type.Array(Type.String(), { description: "Cards whose lines it changes." }),
    }),
  },
  "POST /export/system-conf": {
    access: "admin",
    summary: "The driver's system.conf with the spans' lines as they are set here; writes nothing",
    body: File,
    reply: Type.Object({
      text: Type.String(),
      spans: Type.Array(Type.Integer({ minimum: 1 }), { description: "Spans whose line it changes." }),
    }),
  },
} as const;

export type LinesImport = Static<typeof LinesImport>;
