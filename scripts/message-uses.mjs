/** Which texts a source file uses: every `useTranslations("namespace")` and every `t("key")` made of it. Pure. */
import ts from "typescript";

/**
 * @typedef {{ file: string, line: number, text: string }} Finding
 * @typedef {{ keys: Set<string>, findings: Finding[] }} Uses keys as `namespace.key`
 */

/** Ways to call a translator. */
const METHODS = new Set(["rich", "markup", "has", "raw"]);
/** The type of a translator that is handed on: `t: Translate<"kit">`. */
const HANDED_ON = "Translate";

/**
 * Reads one file.
 * @param {string} file
 * @param {string} text
 * @returns {Uses}
 */
export function readUses(file, text) {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  /** @type {Uses} */
  const uses = { keys: new Set(), findings: [] };
  /** @type {(node: ts.Node, text: string) => void} */
  const find = (node, finding) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart());
    uses.findings.push({ file, line: line + 1, text: finding });
  };

  /** @type {(node: ts.Node, scopes: Map<string, string>[]) => void} */
  const visit = (node, scopes) => {
    const inner = ts.isFunctionLike(node) || ts.isBlock(node) ? [...scopes, new Map()] : scopes;
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && isCallOf(node.initializer, "useTranslations")) {
      const namespace = node.initializer.arguments[0];
      if (namespace !== undefined && ts.isStringLiteral(namespace)) inner.at(-1)?.set(node.name.text, namespace.text);
      else find(node, "the namespace of useTranslations must be written out");
    } else if (isCallOf(node, "useTranslations") && !ts.isVariableDeclaration(node.parent)) {
      find(node, "keep the translator in a variable: const t = useTranslations(…)");
    }
    if (ts.isParameter(node) && ts.isIdentifier(node.name)) {
      const namespace = handedOnNamespace(node.type);
      if (namespace !== undefined) inner.at(-1)?.set(node.name.text, namespace);
    }
    if (ts.isCallExpression(node)) readCall(node, inner);
    ts.forEachChild(node, (child) => visit(child, inner));
  };

  /** @type {(call: ts.CallExpression, scopes: Map<string, string>[]) => void} */
  const readCall = (call, scopes) => {
    const name = translatorName(call.expression);
    const namespace = name === undefined ? undefined : scopes.findLast((scope) => scope.has(name))?.get(name);
    if (namespace === undefined) return;
    const keys = call.arguments[0] === undefined ? undefined : literalTexts(call.arguments[0]);
    if (keys === undefined) find(call, `a key of "${namespace}" is made while running: write it out`);
    for (const key of keys ?? []) uses.keys.add(`${namespace}.${key}`);
  };

  visit(source, [new Map()]);
  return uses;
}

/**
 * @param {ts.Node | undefined} node
 * @param {string} name
 * @returns {node is ts.CallExpression}
 */
function isCallOf(node, name) {
  return (
    node !== undefined && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name
  );
}

/**
 * `t` of `t(…)` and `t.rich(…)`.
 * @param {ts.Expression} callee
 */
function translatorName(callee) {
  if (ts.isIdentifier(callee)) return callee.text;
  const isMethod = ts.isPropertyAccessExpression(callee) && METHODS.has(callee.name.text);
  return isMethod && ts.isIdentifier(callee.expression) ? callee.expression.text : undefined;
}

/**
 * The texts an expression can be: a literal, or one of two.
 * @param {ts.Expression} node
 * @returns {string[] | undefined}
 */
function literalTexts(node) {
  if (ts.isStringLiteral(node)) return [node.text];
  if (ts.isParenthesizedExpression(node)) return literalTexts(node.expression);
  if (!ts.isConditionalExpression(node)) return undefined;
  const one = literalTexts(node.whenTrue);
  const other = literalTexts(node.whenFalse);
  return one === undefined || other === undefined ? undefined : [...one, ...other];
}

/** @param {ts.TypeNode | undefined} type */
function handedOnNamespace(type) {
  if (type === undefined || !ts.isTypeReferenceNode(type) || type.typeName.getText() !== HANDED_ON) return undefined;
  const argument = type.typeArguments?.[0];
  return argument !== undefined && ts.isLiteralTypeNode(argument) && ts.isStringLiteral(argument.literal)
    ? argument.literal.text
    : undefined;
}
