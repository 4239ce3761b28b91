import type { Source } from './sources.ts';

/** The files of each cycle of imports, those of types included, as `a.ts → b.ts → a.ts`. */
export function cycles(sources: readonly Source[]): readonly string[] {
  const targets = new Map(
    sources.map(({ path, imports }) => [path, imports.filter(({ isLocal }) => isLocal).map(({ target }) => target)]),
  );
  const finished = new Set<string>();
  const trail: string[] = [];
  const found: string[] = [];

  function visit(path: string): void {
    const entered = trail.indexOf(path);
    if (entered >= 0) found.push([...trail.slice(entered), path].join(' → '));
    if (entered >= 0 || finished.has(path)) return;
    trail.push(path);
    for (const target of targets.get(path) ?? []) visit(target);
    trail.pop();
    finished.add(path);
  }

  for (const path of targets.keys()) visit(path);
  return found;
}
