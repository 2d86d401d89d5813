// The changes that a mutant may be: each one piece of a source text, and what it is replaced by.
import ts from "typescript";

export interface Mutant {
  /** Path from the project's root. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly operator: string;
}

const swaps = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, "!=="],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, "==="],
  [ts.SyntaxKind.LessThanToken, "<="],
  [ts.SyntaxKind.LessThanEqualsToken, "<"],
  [ts.SyntaxKind.GreaterThanToken, ">="],
  [ts.SyntaxKind.GreaterThanEqualsToken, ">"],
  [ts.SyntaxKind.AmpersandAmpersandToken, "||"],
  [ts.SyntaxKind.BarBarToken, "&&"],
  [ts.SyntaxKind.PlusToken, "-"],
  [ts.SyntaxKind.MinusToken, "+"],
  [ts.SyntaxKind.AsteriskToken, "/"],
  [ts.SyntaxKind.SlashToken, "*"],
  [ts.SyntaxKind.PercentToken, "*"],
  [ts.SyntaxKind.AmpersandToken, "|"],
  [ts.SyntaxKind.BarToken, "&"],
  [ts.SyntaxKind.LessThanLessThanToken, ">>"],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, "<<"],
]);

/** Every mutant of a file, in the order of its text. */
export function mutants(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const put = (operator: string, start: number, end: number, replacement: string): void => {
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({ file, line, start, end, replacement, operator });
  };
  const replace = (operator: string, node: ts.Node, replacement: string): void =>
    put(operator, node.getStart(source), node.end, replacement);
  const negate = (condition: ts.Expression): void => {
    const negated =
      ts.isPrefixUnaryExpression(condition) && condition.operator === ts.SyntaxKind.ExclamationToken;
    const plain = negated ? condition.operand.getText(source) : undefined;
    replace("negated condition", condition, plain ?? `!(${condition.getText(source)})`);
  };
  /** A member of a list, with the comma after it. */
  const drop = (operator: string, node: ts.Node): void => {
    const comma = /^\s*,/.exec(text.slice(node.end))?.[0].length ?? 0;
    put(operator, node.getStart(source), node.end + comma, "");
  };

  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isIfStatement(node) || ts.isWhileStatement(node)) negate(node.expression);
    else if (ts.isConditionalExpression(node)) negate(node.condition);
    else if (ts.isBinaryExpression(node)) {
      const { kind } = node.operatorToken;
      const swapped = swaps.get(kind);
      if (swapped !== undefined) replace("swapped operator", node.operatorToken, swapped);
      if (kind === ts.SyntaxKind.QuestionQuestionToken)
        replace("no default", node, `(${node.left.getText(source)})`);
    } else if (ts.isNumericLiteral(node)) {
      const value = Number(node.text);
      replace("number", node, String(value + 1));
      if (value > 0) replace("number", node, String(value - 1));
    } else if (ts.isStringLiteral(node) && !isProse(node) && !isName(node))
      replace("string", node, '"mutant"');
    else if (node.kind === ts.SyntaxKind.TrueKeyword) replace("boolean", node, "false");
    else if (node.kind === ts.SyntaxKind.FalseKeyword) replace("boolean", node, "true");
    else if (ts.isExpressionStatement(node)) replace("removed statement", node, ";");
    else if (ts.isObjectLiteralExpression(node))
      for (const member of node.properties) drop("removed member", member);
    else if (ts.isArrayLiteralExpression(node))
      for (const member of node.elements) drop("removed element", member);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The text of a file with the mutant in it. */
export function apply(text: string, { start, end, replacement }: Mutant): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** Words for people, as of a log or an error, are no value of any enumeration. */
function isProse(node: ts.StringLiteral): boolean {
  return node.text.includes(" ");
}

function isName(node: ts.StringLiteral): boolean {
  return ts.isPropertyAssignment(node.parent) && node.parent.name === node;
}
