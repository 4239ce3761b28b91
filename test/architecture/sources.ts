import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { isNode, nodesIn, type SyntaxNode } from './syntax.ts';

/** One source file; paths are relative to the project, with slashes, as `src/domain/ids.ts`. */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly SyntaxNode[];
  readonly imports: readonly Import[];
}

export interface Import {
  /** A path like those of sources, or the name of a package or of a module of Node's. */
  readonly target: string;
  readonly isLocal: boolean;
  /** Types leave no trace when the program runs. */
  readonly isType: boolean;
}

const ROOT = join(import.meta.dirname, '../..');

/** All TypeScript files beneath a folder of the project. */
export function readSources(folder: string): readonly Source[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .sort()
    .map((path) => parseSource(path, readFileSync(join(ROOT, path), 'utf8')));
}

export function parseSource(path: string, text: string): Source {
  const nodes = nodesIn(text);
  return { path, text, nodes, imports: nodes.flatMap((node) => importOf(node, path)) };
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

function importOf(node: SyntaxNode, path: string): readonly Import[] {
  if (!IMPORTING.has(node.type) || node.source === null) return [];
  if (!isNode(node.source) || typeof node.source.value !== 'string') {
    // A target that is computed could be anything, and no rule could be held.
    return node.type === 'ImportExpression' ? [{ target: '(computed)', isLocal: false, isType: false }] : [];
  }
  const specifier = node.source.value;
  const isLocal = specifier.startsWith('.');
  const target = isLocal ? posix.join(posix.dirname(path), specifier) : specifier;
  return [{ target, isLocal, isType: isTypeImport(node) }];
}

function isTypeImport(node: SyntaxNode): boolean {
  if (node.type === 'TSImportType' || node.importKind === 'type' || node.exportKind === 'type') return true;
  const names = Array.isArray(node.specifiers) ? node.specifiers.filter(isNode) : [];
  return names.length > 0 && names.every(({ importKind, exportKind }) => (importKind ?? exportKind) === 'type');
}
