// Branch coverage of the machines by V8's own counts: every arm of an if, a conditional, a case, and both ways of
// &&, || and ??. Types are stripped in place, so that V8's offsets are the source's.
import { Session, type Profiler } from "node:inspector/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import { run } from "./modules.ts";

export interface Untaken {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly what: string;
}

const root = join(import.meta.dirname, "../..");

/** Runs the tests and reads what they took of each file. */
export async function coverage(
  texts: ReadonlyMap<string, string>,
): Promise<{ readonly branches: number; readonly untaken: readonly Untaken[] }> {
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const failure = await run();
  if (failure !== undefined) throw new Error(`the tests fail: ${failure}`);
  const { result } = await session.post("Profiler.takePreciseCoverage");
  session.disconnect();

  let branches = 0;
  const untaken: Untaken[] = [];
  for (const [file, text] of texts) {
    const address = `${pathToFileURL(join(root, file)).href}?`;
    const script = result.find(({ url }) => url.startsWith(address));
    const arms = armsOf(file, text, counter(script));
    branches += arms.length;
    for (const { taken, line, what } of arms) if (!taken) untaken.push({ file, line, what });
  }
  return { branches, untaken };
}

/** How often the text at an offset ran: the count of the innermost range. */
function counter(script: Profiler.ScriptCoverage | undefined): (offset: number) => number {
  const ranges = (script?.functions ?? [])
    .flatMap((one) => one.ranges)
    .sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset));
  return (offset) => ranges.find((r) => r.startOffset <= offset && offset < r.endOffset)?.count ?? 0;
}

interface Arm {
  readonly taken: boolean;
  readonly line: number;
  readonly what: string;
}

const logical = new Set([
  ts.SyntaxKind.AmpersandAmpersandToken,
  ts.SyntaxKind.BarBarToken,
  ts.SyntaxKind.QuestionQuestionToken,
]);

function armsOf(file: string, text: string, count: (offset: number) => number): readonly Arm[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const arms: Arm[] = [];
  const put = (node: ts.Node, taken: boolean, what: string): void => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    const [first = ""] = node.getText(source).split("\n");
    arms.push({ taken, line, what: `${what}: ${first.trim()}` });
  };
  const times = (node: ts.Node): number => count(node.getStart(source));
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isIfStatement(node)) {
      put(node.thenStatement, times(node.thenStatement) > 0, "if");
      if (node.elseStatement !== undefined) put(node.elseStatement, times(node.elseStatement) > 0, "else");
      else put(node, times(node) > times(node.thenStatement), "never false");
    } else if (ts.isConditionalExpression(node)) {
      put(node.whenTrue, times(node.whenTrue) > 0, "?");
      put(node.whenFalse, times(node.whenFalse) > 0, ":");
    } else if (ts.isBinaryExpression(node) && logical.has(node.operatorToken.kind)) {
      put(node.right, times(node.right) > 0, node.operatorToken.getText(source));
    } else if (ts.isCaseOrDefaultClause(node)) {
      const [first] = node.statements;
      if (first !== undefined) put(node, times(first) > 0, "case");
    } else if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      put(node, count(node.body.end - 1) > 0 || times(node.body) > 0, "function");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return arms;
}
