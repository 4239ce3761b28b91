import type { Source } from './sources.ts';
import { isNode, nameOf, type SyntaxNode } from './syntax.ts';
import { atTheDoors, camelCase, pascalCase } from './use-case-names.ts';

/** These have no actor yet, or none at all. Every other use case takes the actor as its first argument. */
const WITHOUT_ACTOR: ReadonlySet<string> = new Set([
  'authenticate',
  'finish-sign-in',
  'identify-session',
  'view-registration',
  'reset-password',
  'use-sign-in-link',
  'begin-passkey-sign-in',
  'sign-in-by-passkey',
  'recover-account',
  'purge-expired',
  'sweep-files',
  'replay-erasures',
  'assert-ready',
  'view-status',
]);

/** Use cases whose first argument is not the actor, so that they cannot ask what the caller may do. */
export function actorlessUseCases(sources: readonly Source[]): readonly string[] {
  return useCases(sources)
    .filter(({ name, source }) => firstParameter(source, pascalCase(name)) !== 'actor' && !WITHOUT_ACTOR.has(name))
    .map(({ source }) => `${source.path} does not take the actor first`);
}

/**
 * Use cases that no test calls, or that have no test of what they answer an outsider: one that says "outsider" in its title and
 * stands in a `describe` that is named for the use case.
 */
export function untestedOutsiders(sources: readonly Source[], tests: readonly Source[]): readonly string[] {
  return useCases(sources)
    .filter(
      ({ name }) =>
        !tests.some((test) => callsMember(test, camelCase(name))) || !tests.some((test) => hasOutsider(test, name)),
    )
    .map(({ name }) => `${name} has no test for an outsider`);
}

function useCases(sources: readonly Source[]): readonly { readonly name: string; readonly source: Source }[] {
  const paths = atTheDoors(sources);
  return sources
    .filter(({ path }) => paths.has(path))
    .map((source) => ({ name: source.path.replace(/^.*\/|\.ts$/g, ''), source }));
}

/** The name of the first parameter of a function type. */
function firstParameter({ nodes }: Source, type: string): string | undefined {
  const declared = nodes.find((node) => node.type === 'TSTypeAliasDeclaration' && nameOf(node.id) === type);
  const typeAnnotation = declared?.typeAnnotation;
  if (!isNode(typeAnnotation) || !Array.isArray(typeAnnotation.params)) return undefined;
  return nameOf(typeAnnotation.params[0]);
}

const callsMember = ({ nodes }: Source, name: string): boolean =>
  nodes.some((node) => node.type === 'MemberExpression' && nameOf(node.property) === name);

function hasOutsider({ nodes }: Source, name: string): boolean {
  const titled = (callee: string, title: RegExp) => nodes.filter((node) => title.test(titleOf(node, callee) ?? ''));
  const blocks = titled('describe', new RegExp(`^${name}(?![a-z-])`));
  return titled('it', /\boutsiders?\b/).some((test) => blocks.some((block) => isWithin(test, block)));
}

/** The title of a call such as `it('…', …)` or `it.each(…)('…', …)`; undefined for any other node. */
function titleOf(node: SyntaxNode, callee: string): string | undefined {
  if (node.type !== 'CallExpression' || !Array.isArray(node.arguments)) return undefined;
  let called = node.callee;
  while (isNode(called) && nameOf(called) === undefined) called = called.callee ?? called.object;
  const [title] = node.arguments;
  return nameOf(called) === callee && isNode(title) && typeof title.value === 'string' ? title.value : undefined;
}

const isWithin = (inner: SyntaxNode, outer: SyntaxNode): boolean =>
  Number(inner.start) >= Number(outer.start) && Number(inner.end) <= Number(outer.end);
