// What is known of each card model, as data: board-profiles/*.json. A profile names the ports of the spans
// that it matches and sets their defaults; a card that no profile knows works with the general ones.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Type, type Static } from "typebox";
import { Compile } from "typebox/compile";
import { CallboxError } from "../shared/errors.ts";

const Pattern = Type.String({ minLength: 1, description: "Regular expression, matched from the start." });
const nameOf = (example: string) =>
  Type.String({
    pattern: "\\{position\\}",
    description: `Name of a port; {span} and {position} are filled in: "${example}".`,
  });

export const BoardProfile = Type.Object(
  {
    $schema: Type.Literal("./schema.json"),
    id: Type.String({ pattern: "^[a-z0-9]+(-[a-z0-9]+)*$", description: "The file's name without .json." }),
    vendor: Type.String({ minLength: 1 }),
    model: Type.String({ minLength: 1 }),
    driver: Type.String({ pattern: "^[a-z0-9_]+$", description: "Kernel module that drives the card." }),
    kind: Type.Union([Type.Literal("E1"), Type.Literal("BRI"), Type.Literal("analog")]),
    match: Type.Object(
      {
        deviceType: Type.Optional(Pattern),
        spanName: Type.Optional(Pattern),
        description: Type.Optional(Pattern),
      },
      {
        additionalProperties: false,
        minProperties: 1,
        description: "All that are given must match what DAHDI_SPANSTAT says of the span.",
      },
    ),
    spansPerCard: Type.Integer({ minimum: 1, maximum: 8 }),
    portsPerSpan: Type.Integer({
      minimum: 1,
      maximum: 32,
      description: "Analog: ports of the card. BRI: 3 (2B+D). E1: 31 (30B+D).",
    }),
    portName: nameOf("Port {position}"),
    defaults: Type.Object(
      {
        law: Type.Union([Type.Literal("alaw"), Type.Literal("ulaw")]),
        echoCanceller: Type.Enum(["none", "oslec", "mg2", "hardware"]),
        dChannel: Type.Optional(
          Type.Union([Type.Literal("dchan"), Type.Literal("hardhdlc")], {
            description: "Who does the D-channel's HDLC: the driver's core, or the card.",
          }),
        ),
        framing: Type.Optional(Type.Union([Type.Literal("ccs"), Type.Literal("cas")])),
        coding: Type.Optional(Type.Union([Type.Literal("hdb3"), Type.Literal("ami")])),
        crc4: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    notes: Type.Optional(Type.String({ description: "What an installer must know of this card." })),
  },
  { additionalProperties: false, title: "Callbox board profile" },
);

export type BoardProfile = Static<typeof BoardProfile>;

/** What a driver says of a span; empty strings where it says nothing. */
export interface SpanIdentity {
  readonly name: string;
  readonly description: string;
  readonly deviceType: string;
}

const compiled = Compile(BoardProfile);

/**
 * Reads every profile of a folder, in the order of their file names.
 * @throws ERR_PROFILE_INVALID naming the file and the place in it.
 */
export function loadProfiles(folder: string): readonly BoardProfile[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file !== "schema.json")
    .sort()
    .map((file) => parseProfile(file, readFileSync(join(folder, file), "utf8")));
}

/** @throws ERR_PROFILE_INVALID */
export function parseProfile(file: string, text: string): BoardProfile {
  const value = parseJson(file, text);
  const [wrong] = compiled.Errors(value);
  if (wrong !== undefined) throw invalid(file, `${wrong.instancePath || "/"} ${wrong.message}`);
  const profile = compiled.Parse(value);
  if (`${profile.id}.json` !== file) throw invalid(file, `/id is "${profile.id}", not the file's name`);
  for (const [key, pattern] of Object.entries(profile.match)) checkPattern(file, `/match/${key}`, pattern);
  return profile;
}

/** The first profile whose patterns all match, or `undefined` for a card that none knows. */
export function profileFor(
  profiles: readonly BoardProfile[],
  identity: SpanIdentity,
): BoardProfile | undefined {
  return profiles.find(
    ({ match }) =>
      matches(match.deviceType, identity.deviceType) &&
      matches(match.spanName, identity.name) &&
      matches(match.description, identity.description),
  );
}

/** The name of a port of a span, as the card's own labels count. */
export function portName(profile: BoardProfile | undefined, span: number, position: number): string {
  return (profile?.portName ?? "{span}/{position}")
    .replaceAll("{span}", String(span))
    .replaceAll("{position}", String(position));
}

function matches(pattern: string | undefined, text: string): boolean {
  return pattern === undefined || new RegExp(`^(?:${pattern})`, "u").test(text);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw invalid(file, cause instanceof Error ? cause.message : "not JSON", cause);
  }
}

function checkPattern(file: string, place: string, pattern: string): void {
  try {
    new RegExp(pattern, "u");
  } catch (cause) {
    throw invalid(file, `${place} is no regular expression`, cause);
  }
}

function invalid(file: string, detail: string, cause?: unknown): CallboxError {
  return new CallboxError("ERR_PROFILE_INVALID", { detail: `${file}: ${detail}`, cause });
}
