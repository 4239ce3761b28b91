import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { type BuildOptions, type BuildResult, build, type Plugin } from 'esbuild';
import { compileTemplate } from './compile-template.ts';

const root = join(import.meta.dirname, '..');
const browsers = ['chrome123', 'firefox125', 'safari17.5'];
const MAIN = 'src/adapters/browser/main.ts';
/** Stands for the hash in the names of scripts that name each other, until all of them are known. */
const HASH = '@hash@';
/** Marks an import from a module that is in `client.js`. */
const SHARED = 'client:';

/** Compiles an imported `.eta` file, so that the bundle holds the very template the server renders. */
export const etaTemplates: Plugin = {
  name: 'eta-templates',
  setup({ onLoad }) {
    onLoad({ filter: /\.eta$/ }, ({ path }) => ({
      contents: compileTemplate(readFileSync(path, 'utf8'), {
        escapeModule: join(root, 'src/adapters/browser/templates/escape-html.ts'),
        views: join(root, 'templates'),
      }),
      loader: 'js',
    }));
  },
};

export interface BuiltScript {
  /** As in `client.js`. */
  readonly name: string;
  readonly fileName: string;
  readonly content: string;
}

/**
 * Builds `client.js` and one more script for each module that is imported dynamically. esbuild's own splitting would make
 * every page load two scripts, the entry and what it shares with the others. Here shared modules stay in `client.js`, and
 * the other scripts import them from it. All names carry one hash, so that scripts of two builds never meet in a page.
 */
export async function bundleClient(define: Readonly<Record<string, string>>): Promise<readonly BuiltScript[]> {
  const later = new Set<string>();
  const alone = await bundle({ entryPoints: [MAIN], define, plugins: [loadedLater(later), etaTemplates] });
  const inMain = modulesIn(alone);
  const exported: Exported = new Map();
  const scripts = new Map<string, string>();
  // The set grows: a script that is loaded later may load others. Its order is that in which files were read, which differs from build to
  // build; two builds of one release must be equal, since instances serve each other's pages.
  for (let path = nextOf(later, scripts); path !== undefined; path = nextOf(later, scripts)) {
    const plugins = [sharedWithMain(inMain), loadedLater(later), etaTemplates];
    const script = textOf(await bundle({ entryPoints: [path], define, plugins }));
    scripts.set(scriptName(path), linkedToMain(script, exported));
  }
  const main = await bundle({
    stdin: { contents: entryWith(exported), resolveDir: root, loader: 'js' },
    define,
    plugins: [loadedLater(later), etaTemplates],
  });
  scripts.set('client', textOf(main));
  return hashed(scripts);
}

/** The first path in alphabetical order of which there is no script yet. */
const nextOf = (paths: ReadonlySet<string>, scripts: ReadonlyMap<string, string>): string | undefined =>
  [...paths].toSorted().find((path) => !scripts.has(scriptName(path)));

/** Bundles a script that stands alone. */
export const bundleAlone = async (entry: string, define: Readonly<Record<string, string>> = {}): Promise<string> =>
  textOf(await bundle({ entryPoints: [entry], define }));

type Bundled = BuildResult<{ metafile: true; write: false }>;

const bundle = (options: BuildOptions): Promise<Bundled> =>
  build({
    ...options,
    absWorkingDir: root,
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: browsers,
    legalComments: 'none',
    // Modules are UTF-8; escapes would take more room.
    charset: 'utf8',
    logLevel: 'warning',
  });

function textOf({ outputFiles: [file] }: Bundled): string {
  if (!file) throw new Error('The build made no file.');
  return file.text;
}

/** The modules of which something is left after unused code was removed, by their paths from the root. */
const modulesIn = ({ metafile }: Bundled): ReadonlySet<string> =>
  new Set(
    Object.values(metafile.outputs).flatMap(({ inputs }) =>
      Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );

/** Leaves dynamically imported modules out, and collects their paths. */
const loadedLater = (later: Set<string>): Plugin => ({
  name: 'loaded-later',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = relative(root, resolve(resolveDir, path));
      later.add(module);
      return { path: `./${scriptName(module)}-${HASH}.js`, external: true };
    });
  },
});

const sharedWithMain = (inMain: ReadonlySet<string>): Plugin => ({
  name: 'shared-with-main',
  setup({ onResolve }) {
    onResolve({ filter: /./ }, ({ kind, path, resolveDir }) => {
      const module = relative(root, resolve(resolveDir, path));
      // Templates have no state and no name to export: a script brings its own copy.
      if (kind !== 'import-statement' || module.endsWith('.eta') || !inMain.has(module)) return undefined;
      return { path: SHARED + module, external: true, sideEffects: false };
    });
  },
});

const scriptName = (module: string): string => basename(module, '.ts');

/** The names that `client.js` exports, each with the short name under which it does so, by module. */
type Exported = Map<string, Map<string, string>>;

/** Lets a script import from `client.js` what it shares with it, and notes what `client.js` has to export for that. */
function linkedToMain(script: string, exported: Exported): string {
  const linked = script.replace(/\{([^{}]*)\}from"client:([^"]+)"/g, (_whole, names: string, module: string) => {
    const imported = names.split(',').map((name) => {
      const [own = '', local = own] = name.split(' as ');
      return `${shortName(exported, module, own)} as ${local}`;
    });
    return `{${imported.join()}}from"./client-${HASH}.js"`;
  });
  if (linked.includes(SHARED)) throw new Error('A script imports something from client.js that has no name.');
  return linked;
}

/** Nobody reads these names, and there are more than a hundred of them in a script that every page waits for. */
function shortName(exported: Exported, module: string, name: string): string {
  const names = exported.get(module) ?? new Map<string, string>();
  exported.set(module, names);
  const known = names.get(name);
  if (known !== undefined) return known;
  const count = [...exported.values()].reduce((sum, { size }) => sum + size, 0);
  // A digit must not come first.
  const short = `_${count.toString(36)}`;
  names.set(name, short);
  return short;
}

const entryWith = (exported: Exported): string =>
  [
    `import './${MAIN}';`,
    ...[...exported].map(([module, names]) => {
      const list = [...names].map(([name, short]) => `${name} as ${short}`);
      return `export { ${list.join(', ')} } from './${module}';`;
    }),
  ].join('\n');

function hashed(scripts: ReadonlyMap<string, string>): readonly BuiltScript[] {
  const hash = createHash('sha256')
    .update([...scripts.values()].join())
    .digest('hex')
    .slice(0, 10);
  return [...scripts].map(([name, text]) => ({
    name: `${name}.js`,
    fileName: `${name}-${hash}.js`,
    content: text.replaceAll(HASH, hash),
  }));
}
