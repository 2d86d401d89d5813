// From text to settings: syntax, version, form, and whether what is named exists. All problems at once.
import { Settings as TypeBoxSettings } from "typebox/system";
import { Value } from "typebox/value";
import type { TSchema } from "typebox";
import { CallboxError } from "../shared/errors.ts";
import { crossCheck, type Known } from "./cross-check.ts";
import { settingsError, type Issue } from "./issues.ts";
import { Settings, settingsVersion } from "./settings.ts";

// TypeBox stops at 8, which one wrong destination uses up.
TypeBoxSettings.Set({ maxErrors: 100 });

/**
 * @param where names the file in errors
 * @throws ERR_SETTINGS_SYNTAX, ERR_SETTINGS_VERSION, ERR_SETTINGS_INVALID
 */
export function parseSettings(text: string, where: string, known: Known = {}): Settings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw settingsError("ERR_SETTINGS_SYNTAX", where, [syntaxIssue(text, error)]);
  }
  return checkSettings(value, where, known);
}

/**
 * Fills in defaults and checks everything. The result is new and frozen.
 * @throws ERR_SETTINGS_VERSION, ERR_SETTINGS_INVALID
 */
export function checkSettings(value: unknown, where: string, known: Known = {}): Settings {
  const version: unknown =
    typeof value === "object" && value !== null && "version" in value ? value.version : 1;
  if (version !== settingsVersion)
    throw new CallboxError("ERR_SETTINGS_VERSION", {
      detail: `${where}: version ${JSON.stringify(version)}, this program knows ${settingsVersion}`,
    });
  const filled: unknown = Value.Default(Settings, structuredClone(value));
  const issues = schemaIssues(Settings, filled);
  if (issues.length > 0) throw settingsError("ERR_SETTINGS_INVALID", where, issues);
  const settings = filled as Settings;
  const unmet = crossCheck(settings, known);
  if (unmet.length > 0) throw settingsError("ERR_SETTINGS_INVALID", where, unmet);
  return deepFreeze(settings);
}

/** What of a value does not fit a schema, in words for a person. */
export function schemaIssues(schema: TSchema, value: unknown): readonly Issue[] {
  if (Value.Check(schema, value)) return [];
  const errors = Value.Errors(schema, value);
  // Of a value that fits none of several forms only the place matters: each form complains of another thing.
  const forms = errors.filter(({ keyword }) => keyword === "anyOf").map(({ instancePath }) => instancePath);
  const issues = errors
    .filter(
      ({ keyword, instancePath }) =>
        // Said better at each of the properties that should not be there.
        keyword !== "additionalProperties" &&
        (keyword === "anyOf" ||
          !forms.some((form) => instancePath === form || instancePath.startsWith(`${form}/`))),
    )
    .map((error) => ({ path: error.instancePath, message: inWords(error) }));
  return issues.length > 0 ? issues : [{ path: "", message: "has not the form of settings" }];
}

function inWords(error: {
  readonly keyword: string;
  readonly message: string;
  readonly params: object;
}): string {
  const { keyword, params } = error;
  if (keyword === "enum" && "allowedValues" in params && Array.isArray(params.allowedValues))
    return `must be one of ${params.allowedValues.join(", ")}`;
  if (keyword === "required" && "requiredProperties" in params && Array.isArray(params.requiredProperties))
    return `lacks ${params.requiredProperties.join(", ")}`;
  if (keyword === "boolean") return "is unknown here";
  if (keyword === "anyOf") return "has none of the forms it may have";
  return error.message;
}

function syntaxIssue(text: string, error: unknown): Issue {
  const message = error instanceof Error ? error.message : String(error);
  const at = /at position (\d+)/.exec(message)?.[1];
  const before = at === undefined ? text : text.slice(0, Number(at));
  const lines = before.split("\n");
  return {
    path: "",
    message: `is no JSON: ${message.replace(/ in JSON at position.*$/s, "").replace(/, \.{3}.*$/s, "")}`,
    line: lines.length,
    column: (lines.at(-1) ?? "").length + 1,
  };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
