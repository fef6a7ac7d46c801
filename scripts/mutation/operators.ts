/**
 * The mutants of a source text: one small wrong decision each. Sentences (reasons, remedies) and optional details of a place
 * are left alone, because they decide nothing.
 */
import * as ts from 'typescript';

export interface Mutant {
  /** Position among the mutants of its file, from 0. */
  readonly index: number;
  readonly operator: string;
  /** Range of the text that is replaced. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  /** Range of the expression whose evaluation shows that the mutant was reached. */
  readonly probe: readonly [start: number, end: number];
  readonly line: number;
  /** The original, shortened. */
  readonly was: string;
}

const COMPARISONS: ReadonlyMap<ts.SyntaxKind, readonly string[]> = new Map([
  [ts.SyntaxKind.EqualsEqualsEqualsToken, ['!==']],
  [ts.SyntaxKind.ExclamationEqualsEqualsToken, ['===']],
  [ts.SyntaxKind.LessThanToken, ['<=', '>=']],
  [ts.SyntaxKind.LessThanEqualsToken, ['<', '>']],
  [ts.SyntaxKind.GreaterThanToken, ['>=', '<=']],
  [ts.SyntaxKind.GreaterThanEqualsToken, ['>', '<']],
  [ts.SyntaxKind.AmpersandAmpersandToken, ['||']],
  [ts.SyntaxKind.BarBarToken, ['&&']],
]);

/** Words that decide, in the sets within which they are mistaken for one another. */
const VERDICTS = ['inside', 'outside', 'unknown'];
const EXCHANGEABLE = [
  ['bound', 'doubtful'],
  ['here', 'anywhere'],
];

/** Where each maker of an opinion takes its reason, and what it may be mistaken for. */
const OPINIONS: Readonly<Record<string, { readonly reason: number; readonly instead: readonly string[] }>> = {
  closed: { reason: 1, instead: ['inside', 'unknown', 'outside'] },
  inside: { reason: 1, instead: ['unknown', 'outside'] },
  unknown: { reason: 0, instead: ['closed', 'inside', 'outside'] },
  outside: { reason: 1, instead: ['inside', 'unknown'] },
};

/** Properties that hold sentences for readers. */
const SENTENCES = new Set(['because', 'why', 'words', 'doubt', 'demands', 'remedy']);
const QUANTIFIERS = new Map([
  ['some', 'every'],
  ['every', 'some'],
]);
const LISTING = new Set(['map', 'flatMap', 'perValue', 'documents', 'filter', 'concat']);

/** Every mutant of the text of one file, in the order of the text. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Omit<Mutant, 'index'>[] = [];
  const replace = (node: ts.Node, operator: string, replacement: string, start?: number, end?: number): void => {
    const from = start ?? node.getStart(source);
    const to = end ?? node.end;
    if (text.slice(from, to) === replacement) return;
    found.push({
      operator,
      start: from,
      end: to,
      replacement,
      probe: probeOf(node, source),
      line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1,
      was: node.getText(source).replace(/\s+/g, ' ').slice(0, 100),
    });
  };
  const isSentence = sentencesIn(source);
  const visit = (node: ts.Node): void => {
    if (isSentence(node)) return;
    mutate(node, source, replace);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.sort((a, b) => a.start - b.start || a.end - b.end).map((one, index) => ({ index, ...one }));
}

/**
 * The text with all its mutants in it, asleep. Where mutants begin, `globalThis.reached([…])` is told their numbers, and the
 * one whose number is `globalThis.awake` stands in the place of the original.
 * @param first number of the file's first mutant; the others follow in order.
 */
export function withMutants(text: string, mutants: readonly Mutant[], first: number): string {
  const byRange = new Map<string, { start: number; end: number; own: Mutant[] }>();
  for (const mutant of mutants) {
    const [start, end] = mutant.probe;
    const range = byRange.get(mutant.probe.join()) ?? { start, end, own: [] };
    range.own.push(mutant);
    byRange.set(mutant.probe.join(), range);
  }
  const openings = new Map<number, { end: number; text: string }[]>();
  const closings = new Map<number, number>();
  for (const { start, end, own } of byRange.values()) {
    const arms = own.map((mutant) => {
      const wrong = text.slice(start, mutant.start) + mutant.replacement + text.slice(mutant.end, end);
      return `globalThis.awake === ${first + mutant.index} ? (${wrong}) : `;
    });
    const numbers = own.map(({ index }) => first + index).join();
    const opening = { end, text: `(globalThis.reached([${numbers}]), ${arms.join('')}(` };
    openings.set(start, [...(openings.get(start) ?? []), opening]);
    closings.set(end, (closings.get(end) ?? 0) + 1);
  }
  let out = '';
  for (let at = 0; at <= text.length; at += 1) {
    out += '))'.repeat(closings.get(at) ?? 0);
    for (const opening of (openings.get(at) ?? []).sort((a, b) => b.end - a.end)) out += opening.text;
    out += text[at] ?? '';
  }
  return out;
}

/** Tells what decides nothing, including what is computed only to be put into a sentence. */
function sentencesIn(source: ts.SourceFile): (node: ts.Node) => boolean {
  const decisive = new Set<string>();
  const declared: ts.VariableDeclaration[] = [];
  const visit = (node: ts.Node): void => {
    if (isNoDecision(node)) return;
    if (ts.isVariableDeclaration(node) && !ts.isSourceFile(node.parent.parent.parent)) declared.push(node);
    if (ts.isIdentifier(node) && !(ts.isVariableDeclaration(node.parent) && node.parent.name === node))
      decisive.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  const spoken = new Set<ts.Node>(
    declared.flatMap(({ name, initializer }) =>
      initializer && ts.isIdentifier(name) && !decisive.has(name.text) ? [initializer] : [],
    ),
  );
  return (node) => isNoDecision(node) || spoken.has(node);
}

/** Text for a reader, or a choice between such texts. */
function isSpoken(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node)) return isSpoken(node.expression);
  if (ts.isConditionalExpression(node)) return isSpoken(node.whenTrue) && isSpoken(node.whenFalse);
  if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) return true;
  if (ts.isPropertyAccessExpression(node)) return ['why', 'because'].includes(node.name.text);
  return ts.isStringLiteral(node) && node.text.includes(' ');
}

/** Types, imports, errors and sentences. */
function isNoDecision(node: ts.Node): boolean {
  if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return true;
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)) return true;
  const { parent } = node;
  if (ts.isConditionalExpression(node) && isSpoken(node)) return true;
  if (ts.isTemplateExpression(node)) return !(ts.isNewExpression(parent) && parent.expression.getText() === 'RegExp');
  if (parent && ts.isPropertyAssignment(parent) && parent.initializer === node)
    return ts.isIdentifier(parent.name) && SENTENCES.has(parent.name.text);
  if (parent && ts.isCallExpression(parent) && ts.isIdentifier(parent.expression)) {
    const maker = OPINIONS[parent.expression.text];
    return maker !== undefined && parent.arguments[maker.reason] === node;
  }
  // `...(known ? { account } : {})`: a detail that is there or not.
  return (
    ts.isConditionalExpression(node) &&
    ts.isParenthesizedExpression(parent) &&
    ts.isSpreadAssignment(parent.parent) &&
    ts.isObjectLiteralExpression(node.whenFalse) &&
    node.whenFalse.properties.length === 0
  );
}

type Replace = (node: ts.Node, operator: string, replacement: string, start?: number, end?: number) => void;

function mutate(node: ts.Node, source: ts.SourceFile, replace: Replace): void {
  if (ts.isBinaryExpression(node)) binary(node, source, replace);
  else if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken)
    replace(node, '! removed', node.operand.getText(source));
  else if (ts.isIfStatement(node)) forced(node.expression, replace);
  else if (ts.isConditionalExpression(node)) forced(node.condition, replace);
  else if (ts.isCallExpression(node)) call(node, source, replace);
  else if (ts.isStringLiteral(node)) word(node, replace);
  else if (ts.isRegularExpressionLiteral(node)) pattern(node, replace);
  else if (ts.isNumericLiteral(node)) {
    replace(node, 'number ±1', String(Number(node.text) + 1));
    if (Number(node.text) > 0) replace(node, 'number ±1', String(Number(node.text) - 1));
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) replace(node, 'boolean', 'false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) replace(node, 'boolean', 'true');
  else if (ts.isArrayLiteralExpression(node)) list(node, replace);
}

function forced(condition: ts.Expression, replace: Replace): void {
  replace(condition, 'condition forced', 'true');
  replace(condition, 'condition forced', 'false');
}

function binary(node: ts.BinaryExpression, source: ts.SourceFile, replace: Replace): void {
  const { operatorToken, left, right } = node;
  for (const other of COMPARISONS.get(operatorToken.kind) ?? [])
    replace(
      node,
      operatorToken.getText(source) + ' → ' + other,
      // `a && b || c` keeps its grouping when the operator changes.
      `((${left.getText(source)}) ${other} (${right.getText(source)}))`,
    );
  if (operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken) {
    replace(node, 'default dropped', `(${left.getText(source)})`);
    replace(node, 'default always', `(${right.getText(source)})`);
  }
}

function call(node: ts.CallExpression, source: ts.SourceFile, replace: Replace): void {
  const { expression } = node;
  if (ts.isIdentifier(expression)) {
    const maker = OPINIONS[expression.text];
    if (maker && node.arguments.length === 2)
      for (const other of maker.instead) {
        const verdict = other === 'closed' ? `'inside', closed: true` : `'${other}', closed: false`;
        replace(node, `${expression.text} → ${other}`, `({ ...${node.getText(source)}, verdict: ${verdict} })`);
      }
    if (LISTING.has(expression.text) && isResult(node)) replace(node, 'findings dropped', '[]');
    return;
  }
  if (!ts.isPropertyAccessExpression(expression)) return;
  const method = expression.name.text;
  const renamed = QUANTIFIERS.get(method);
  if (renamed) replace(node, `${method} → ${renamed}`, renamed, expression.name.getStart(source), expression.name.end);
  const argument = node.arguments[0];
  if ((method === 'filter' || method === 'find') && argument) {
    replace(node, 'predicate forced', '() => true', argument.getStart(source), argument.end);
    replace(node, 'predicate forced', '() => false', argument.getStart(source), argument.end);
  }
  if (['trim', 'toLowerCase', 'toUpperCase'].includes(method)) {
    const continues = expression.questionDotToken && source.text[node.end] === '.';
    replace(node, `${method} dropped`, continues ? '?' : '', expression.expression.end, node.end);
  }
  if (LISTING.has(method) && isResult(node)) replace(node, 'findings dropped', '[]');
}

/** What a function answers with. */
function isResult(node: ts.Expression): boolean {
  const { parent } = node;
  return ts.isReturnStatement(parent) || (ts.isArrowFunction(parent) && parent.body === node);
}

function word(node: ts.StringLiteral, replace: Replace): void {
  const { parent, text } = node;
  if (VERDICTS.includes(text) && speaksOfVerdicts(node))
    for (const other of VERDICTS) if (other !== text) replace(node, 'verdict exchanged', `'${other}'`);
  const others = EXCHANGEABLE.find((words) => words.includes(text));
  if (others && !isOperand(node))
    for (const other of others) if (other !== text) replace(node, 'word exchanged', `'${other}'`);
  if (
    ts.isArrayLiteralExpression(parent) &&
    ts.isNewExpression(parent.parent) &&
    parent.parent.expression.getText() === 'Set'
  )
    replace(node, 'member dropped', `'\\0'`);
}

const isOperand = (node: ts.Node): boolean => ts.isBinaryExpression(node.parent);

function speaksOfVerdicts(node: ts.StringLiteral): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return parent.name.getText() === 'verdict';
  if (!ts.isBinaryExpression(parent)) return false;
  const other = parent.left === node ? parent.right : parent.left;
  return ts.isPropertyAccessExpression(other) && other.name.text === 'verdict';
}

function pattern(node: ts.RegularExpressionLiteral, replace: Replace): void {
  const end = node.text.lastIndexOf('/');
  const body = node.text.slice(1, end);
  const flags = node.text.slice(end + 1);
  if (body.startsWith('^')) replace(node, '^ dropped', `/${body.slice(1)}/${flags}`);
  if (body.endsWith('$') && !body.endsWith('\\$')) replace(node, '$ dropped', `/${body.slice(0, -1)}/${flags}`);
  for (const flag of ['i', 'g'])
    if (flags.includes(flag)) replace(node, `flag ${flag} dropped`, `/${body}/${flags.replace(flag, '')}`);
}

function list(node: ts.ArrayLiteralExpression, replace: Replace): void {
  const { parent } = node;
  const arm = ts.isConditionalExpression(parent) && parent.condition !== node;
  if (node.elements.length > 0 && (isResult(node) || arm)) replace(node, 'findings dropped', '[]');
}

/** An expression that is called or read from is announced with the whole chain, whose short cuts have to stay whole. */
function probeOf(node: ts.Node, source: ts.SourceFile): readonly [number, number] {
  let outer = node;
  for (;;) {
    const { parent } = outer;
    const chained =
      (ts.isPropertyAccessExpression(parent) ||
        ts.isElementAccessExpression(parent) ||
        ts.isCallExpression(parent) ||
        ts.isNonNullExpression(parent)) &&
      parent.expression === outer;
    if (!chained) return [outer.getStart(source), outer.end];
    outer = parent;
  }
}
