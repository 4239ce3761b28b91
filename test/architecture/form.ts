import type { Source } from './sources.ts';

const MAX_LINES = 200;
/** Names of drawers, not of things. */
const DRAWERS = /(^|[/-])(utils?|helpers?|common|misc|shared|index|manager|service|impl)\.ts$/;

export function longFiles(sources: readonly Source[]): readonly string[] {
  return sources
    .map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > MAX_LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** Ways out of the type checker. */
export function uncheckedCode(sources: readonly Source[]): readonly string[] {
  return sources.flatMap(({ path, text, nodes }) => [
    ...(nodes.some(({ type }) => type === 'TSAnyKeyword') ? [`${path} has any`] : []),
    ...(text.match(/@ts-(?:ignore|nocheck|expect-error)\b/g) ?? []).map((comment) => `${path} has ${comment}`),
  ]);
}

export function drawers(sources: readonly Source[]): readonly string[] {
  return sources.map(({ path }) => path).filter((path) => DRAWERS.test(path) || !/^[a-z0-9/.-]+$/.test(path));
}
