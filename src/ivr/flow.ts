// A flow: nodes by name, and where it starts. Read from JSON, checked by the schema of each node's kind, and
// refused with every wrong place named.
import { Type, type Static } from "typebox";
import { schemaIssues } from "../config/read.ts";
import { settingsError, type Issue } from "../config/issues.ts";
import { NodeName, type NodeSettings } from "./node.ts";
import { nodeKinds } from "./nodes/index.ts";

const FlowFile = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    /** Language of what is said, until a set-language node; the appliance's own when left out. */
    language: Type.Optional(Type.Enum(["en", "zh", "ko"])),
    start: NodeName,
    /** A caller that is a fax machine (CNG) is taken into this mailbox, wherever in the flow. */
    fax: Type.Optional(Type.String({ pattern: "^[a-z0-9][a-z0-9-]{0,31}$" })),
    nodes: Type.Record(NodeName, Type.Object({ type: Type.String() }, { additionalProperties: true }), {
      additionalProperties: false,
    }),
  },
  { additionalProperties: false },
);

export interface Flow extends Omit<Static<typeof FlowFile>, "nodes"> {
  /** The file's name without `.json`. */
  readonly id: string;
  readonly nodes: Readonly<Record<string, NodeSettings>>;
}

/**
 * @param id the file's name without `.json`
 * @throws ERR_FLOW_INVALID with file and place of each thing that is wrong
 */
export function parseFlow(text: string, id: string): Flow {
  const where = `${id}.json`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw settingsError("ERR_FLOW_INVALID", where, [{ path: "", message: `is no JSON: ${message}` }]);
  }
  const issues = [...schemaIssues(FlowFile, value)];
  if (issues.length > 0) throw settingsError("ERR_FLOW_INVALID", where, issues);
  const file = value as Static<typeof FlowFile>;
  issues.push(...nodeIssues(file));
  if (issues.length > 0) throw settingsError("ERR_FLOW_INVALID", where, issues);
  return { ...file, id };
}

function* nodeIssues({ start, nodes }: Static<typeof FlowFile>): Generator<Issue> {
  const missing = (name: string): string => `leads to "${name}", which is no node of this flow`;
  if (nodes[start] === undefined) yield { path: "/start", message: missing(start) };
  for (const [name, node] of Object.entries(nodes)) {
    const path = `/nodes/${name}`;
    const kind = nodeKinds.get(node.type);
    if (kind === undefined) {
      const known = [...nodeKinds.keys()].join(", ");
      yield { path: `${path}/type`, message: `"${node.type}" is no kind of node; there are ${known}` };
      continue;
    }
    const wrong = schemaIssues(kind.schema, node);
    for (const issue of wrong) yield { ...issue, path: path + issue.path };
    if (wrong.length > 0) continue;
    for (const exit of new Set(kind.exits(node)))
      if (nodes[exit] === undefined) yield { path, message: missing(exit) };
  }
}
