import { parseAst } from 'vitest/node';

/** A node of the syntax tree (ESTree, with TypeScript's own nodes). */
export interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Every node of a TypeScript source text, parents before children; a whole-program node is the first. */
export function nodesIn(text: string): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  collect(parseAst(text, { lang: 'ts', astType: 'ts' }), found);
  return found;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The name that an identifier has, or undefined for any other node. */
export function nameOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Identifier' && typeof value.name === 'string' ? value.name : undefined;
}

function collect(value: unknown, found: SyntaxNode[]): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
  } else if (isNode(value)) {
    found.push(value);
    for (const [field, child] of Object.entries(value)) {
      if (!isMereName(value, field)) collect(child, found);
    }
  }
}

/** `b` in `a.b` and in `{ b: a }` names a property and refers to nothing. */
function isMereName(node: SyntaxNode, field: string): boolean {
  return node.computed === false && ((field === 'property' && node.type === 'MemberExpression') || field === 'key');
}
