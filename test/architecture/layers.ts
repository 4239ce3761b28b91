import type { Import, Source } from './sources.ts';

/** From the inside out. A layer may import itself and what stands before it. */
const LAYERS = ['domain', 'application', 'adapters', 'composition'];

/** What an adapter may take of another. Everything else between two of them goes through a port. */
const NEIGHBOURS: Readonly<Record<string, readonly string[]>> = {
  // What HTTP, WebSocket and the browser all say on the wire.
  http: ['wire'],
  // What WebSockets and event streams have in common: how a follower is served over one connection.
  delivery: ['wire'],
  websocket: ['wire', 'http', 'delivery'],
  'event-stream': ['wire', 'http', 'delivery'],
  browser: ['wire'],
  // Push services have addresses that members chose.
  'web-push': ['outbound'],
  // So have the pages that messages link to.
  'web-pages': ['outbound'],
  // What comes to a bucket waits on the disk until it is complete.
  s3: ['disk'],
  // The SQL that every SQL database shares.
  sqlite: ['kysely'],
  // The upgrade of a file of the original app writes a SQLite file.
  'original-app': ['kysely', 'sqlite'],
  postgres: ['kysely'],
};

/** The request is a route's, the socket or stream is not: all that passes between the two is a type. */
const TYPES_ONLY: ReadonlySet<string> = new Set(['websocket → http', 'event-stream → http']);

const CONTAINER = ['tsyringe', 'reflect-metadata'];

/** Imports point inward: composition → adapters → application → domain. */
export function outwardImports(sources: readonly Source[]): readonly string[] {
  return violations(sources, ({ path }, { target, isLocal }) => isLocal && rank(target) > rank(path));
}

/** The core stands alone: no package, nothing of Node's, no file of another kind. */
export function foreignImports(sources: readonly Source[]): readonly string[] {
  return violations(
    sources,
    ({ path }, { target, isLocal }) => isCore(path) && !(isLocal && target.endsWith('.ts') && isCore(target)),
  );
}

/** What an adapter needs of the application it is handed; by itself it knows only its types. */
export function calledApplication(sources: readonly Source[]): readonly string[] {
  return violations(
    sources,
    ({ path }, { target, isType }) => layerOf(path) === 'adapters' && layerOf(target) === 'application' && !isType,
  );
}

export function strayContainers(sources: readonly Source[]): readonly string[] {
  return violations(
    sources,
    ({ path }, { target }) =>
      layerOf(path) !== 'composition' && CONTAINER.some((name) => target === name || target.startsWith(`${name}/`)),
  );
}

export function adaptersAcross(sources: readonly Source[]): readonly string[] {
  return violations(sources, ({ path }, { target, isType }) => {
    const [from, to] = [adapterOf(path), adapterOf(target)];
    if (from === undefined || to === undefined || from === to) return false;
    return !NEIGHBOURS[from]?.includes(to) || (!isType && TYPES_ONLY.has(`${from} → ${to}`));
  });
}

/** Packages that browsers get. */
const SHIPPED_PACKAGES = /^highlight\.js\//;

/** What is shipped to browsers, followed from import to import: the client, the wire format and the pure domain. */
export function unshippable(sources: readonly Source[]): readonly string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const shipped = new Set(sources.filter(({ path }) => adapterOf(path) === 'browser'));
  const found: string[] = [];
  for (const source of shipped) {
    for (const { target, isType } of source.imports) {
      if (isType || isTemplate(target) || SHIPPED_PACKAGES.test(target)) continue;
      const imported = byPath.get(target);
      if (imported && isForBrowsers(target)) shipped.add(imported);
      else found.push(`${source.path} imports ${target}`);
    }
  }
  return found;
}

function violations(
  sources: readonly Source[],
  isForbidden: (source: Source, imported: Import) => boolean,
): readonly string[] {
  return sources.flatMap((source) =>
    source.imports
      .filter((imported) => isForbidden(source, imported))
      .map(({ target }) => `${source.path} imports ${target}`),
  );
}

const layerOf = (path: string): string | undefined => path.match(/^src\/([^/]+)\//)?.[1];

const adapterOf = (path: string): string | undefined => path.match(/^src\/adapters\/([^/]+)\//)?.[1];

const rank = (path: string): number => LAYERS.indexOf(layerOf(path) ?? '');

const isCore = (path: string): boolean => layerOf(path) === 'domain' || layerOf(path) === 'application';

const isTemplate = (path: string): boolean => path.startsWith('templates/') && path.endsWith('.eta');

const isForBrowsers = (path: string): boolean =>
  layerOf(path) === 'domain' || ['browser', 'wire'].includes(adapterOf(path) ?? '');
