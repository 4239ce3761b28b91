import type { Source } from './sources.ts';
import { nameOf, type SyntaxNode } from './syntax.ts';

/** Time, randomness and the environment: the core gets them as values or through ports. */
const WORLD: ReadonlySet<string> = new Set([
  ...['Date', 'Temporal', 'performance', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask'],
  ...['crypto', 'process', 'console', 'fetch', 'globalThis', 'require'],
]);

const WAITING: ReadonlySet<string> = new Set(['Promise', 'PromiseLike', 'Awaited']);

/** The domain is synchronous. */
export function waiting(sources: readonly Source[]): readonly string[] {
  return within(sources, /^src\/domain\//, (node) => {
    if (node.async === true || node.await === true) return 'async';
    if (node.type === 'AwaitExpression') return 'await';
    const name = nameOf(node);
    return name !== undefined && WAITING.has(name) ? name : undefined;
  });
}

/** Domain and use cases read no clock, no random numbers and no environment. */
export function impure(sources: readonly Source[]): readonly string[] {
  return within(sources, /^src\/(domain|application)\//, (node) => {
    const name = nameOf(node);
    if (name !== undefined && WORLD.has(name)) return name;
    return isMathRandom(node) ? 'Math.random' : undefined;
  });
}

/** The wall clock may step, so durations must not be measured by it. It is read through the port only. */
export function wallClocks(sources: readonly Source[]): readonly string[] {
  return within(sources, /^src\/(?!adapters\/browser\/|adapters\/system\/clock\.ts)/, (node) => {
    const isNow = node.type === 'MemberExpression' && nameOf(node.object) === 'Date' && nameOf(node.property) === 'now';
    const isMade = node.type === 'NewExpression' && nameOf(node.callee) === 'Date';
    return isNow || (isMade && Array.isArray(node.arguments) && node.arguments.length === 0)
      ? 'the wall clock'
      : undefined;
  });
}

function within(
  sources: readonly Source[],
  where: RegExp,
  wordFor: (node: SyntaxNode) => string | undefined,
): readonly string[] {
  return sources
    .filter(({ path }) => where.test(path))
    .flatMap(({ path, nodes }) => {
      const words = new Set(nodes.map(wordFor).filter((word) => word !== undefined));
      return [...words].map((word) => `${path} uses ${word}`);
    });
}

function isMathRandom(node: SyntaxNode): boolean {
  return node.type === 'MemberExpression' && nameOf(node.object) === 'Math' && nameOf(node.property) === 'random';
}
