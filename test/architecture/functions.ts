import type { Source } from './sources.ts';
import { isNode, type SyntaxNode } from './syntax.ts';

const MAX_LINES = 40;

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

/**
 * Functions of more than 40 lines. A function has the lines from its first to its last, with the functions inside it, since
 * its reader reads those too. What a function returns is left out where that is a function or an object of functions: use
 * cases and adapters are factories of that shape, which are read like a class. Such a factory is counted without its
 * methods, and each method by itself.
 */
export function longFunctions(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text, nodes }) =>
    nodes
      .filter(isFunction)
      .map((node) => ({ first: lineAt(text, node.start), lines: lengthOf(node, text) }))
      .filter(({ lines }) => lines > MAX_LINES)
      .map(({ first, lines }) => `${path}:${first} is a function of ${lines} lines`),
  );
}

function lengthOf(node: SyntaxNode, text: string): number {
  const inMethods = methodsReturnedBy(node).map((method) => linesOf(method, text));
  return inMethods.reduce((rest, lines) => rest - lines, linesOf(node, text));
}

function methodsReturnedBy({ body }: SyntaxNode): readonly SyntaxNode[] {
  if (!isNode(body)) return [];
  if (body.type !== 'BlockStatement') return methodsIn(body);
  const statements = nodesOf(body.body);
  return statements.filter(({ type }) => type === 'ReturnStatement').flatMap(({ argument }) => methodsIn(argument));
}

function methodsIn(returned: unknown): readonly SyntaxNode[] {
  if (!isNode(returned)) return [];
  if (isFunction(returned)) return [returned];
  if (returned.type !== 'ObjectExpression') return [];
  return nodesOf(returned.properties).filter(({ value }) => isNode(value) && isFunction(value));
}

const isFunction = ({ type }: SyntaxNode): boolean => FUNCTIONS.has(type);

const nodesOf = (value: unknown): readonly SyntaxNode[] => (Array.isArray(value) ? value.filter(isNode) : []);

const linesOf = ({ start, end }: SyntaxNode, text: string): number => lineAt(text, end) - lineAt(text, start) + 1;

const lineAt = (text: string, offset: unknown): number => text.slice(0, Number(offset)).split('\n').length;
