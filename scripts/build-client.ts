import { createHash } from 'node:crypto';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { compileTemplate } from './compile-template.ts';
import { webManifest } from './web-manifest.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'static/built');
const browsers = ['chrome123', 'firefox125', 'safari17.5'];

/** Compiles an imported `.eta` file, so that the bundle holds the very template the server renders. */
export const etaTemplates: Plugin = {
  name: 'eta-templates',
  setup({ onLoad }) {
    onLoad({ filter: /\.eta$/ }, ({ path }) => ({
      contents: compileTemplate(readFileSync(path, 'utf8'), join(root, 'src/adapters/browser/escape-html.ts')),
      loader: 'js',
    }));
  },
};

type Contents = Readonly<Record<string, string | Uint8Array>>;

/** The path of a script that is only loaded when it is needed, at its hashed address. */
const LAZY = 'src/adapters/browser/http-channel.ts';

/** Leaves the lazy script out of the bundle, and imports it from where it is served. */
const lazyFrom = (url: string): Plugin => ({
  name: 'lazy-script',
  setup({ onResolve }) {
    onResolve({ filter: /\/http-channel\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: url, external: true } : undefined,
    );
  },
});

async function buildClient(): Promise<void> {
  const lazy = await bundle(LAZY);
  const [script, style] = await Promise.all([
    bundle('src/adapters/browser/main.ts', {}, [lazyFrom(`/static/${hashedName('http-channel.js', lazy)}`)]),
    bundle('static/css/style.css'),
  ]);
  const shell = {
    'client.js': script,
    'style.css': style,
    'icons.svg': readFileSync(join(root, 'static/icons.svg')),
    'favicon.svg': readFileSync(join(root, 'static/favicon.svg')),
  };
  const icons = Object.fromEntries(
    ['icon-192.png', 'icon-512.png', 'app-icon.svg', 'app-icon-512.png', 'apple-touch-icon.png'].map((name) => [
      name,
      readFileSync(join(root, 'static/icons', name)),
    ]),
  );
  const urlOf = (name: string, content: Contents[string]) => `/static/${hashedName(name, content)}`;
  publish({
    ...shell,
    ...icons,
    'http-channel.js': lazy,
    'sw.js': await bundle('src/adapters/browser/service-worker/main.ts', {
      SHELL: JSON.stringify(describeShell(Object.entries(shell).map(([name, content]) => urlOf(name, content)))),
    }),
    'app.webmanifest': webManifest((name) =>
      urlOf(name, icons[name] ?? readFileSync(join(root, 'static/favicon.svg'))),
    ),
  });
}

/** What the service worker holds, and a version that changes with any of it: the offline page is rendered of these. */
function describeShell(files: readonly string[]): { version: string; files: readonly string[] } {
  const templates = ['layout', 'pages/offline', 'partials/brand', 'partials/school', 'partials/icon'];
  const hash = createHash('sha256').update(files.join());
  for (const name of templates) hash.update(readFileSync(join(root, `templates/${name}.eta`)));
  return { version: hash.digest('hex').slice(0, 10), files };
}

async function bundle(
  entry: string,
  define: Readonly<Record<string, string>> = {},
  plugins: readonly Plugin[] = [],
): Promise<Uint8Array> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    define,
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: browsers,
    legalComments: 'none',
    plugins: [etaTemplates, ...plugins],
    logLevel: 'warning',
  });
  const [file] = outputFiles;
  if (!file) throw new Error(`${entry} built into nothing.`);
  return file.contents;
}

/** Each file appears whole or not at all, and the manifest last: several builds, and servers that start, may overlap. */
function publish(contents: Contents): void {
  mkdirSync(target, { recursive: true });
  const workshop = mkdtempSync(join(target, WORKSHOP));
  const put = (fileName: string, content: string | Uint8Array) => {
    writeFileSync(join(workshop, fileName), content);
    renameSync(join(workshop, fileName), join(target, fileName));
  };
  const manifest = Object.fromEntries(
    Object.entries(contents).map(([name, content]) => {
      const fileName = hashedName(name, content);
      put(fileName, content);
      return [name, fileName];
    }),
  );
  put('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(workshop, { recursive: true, force: true });
  clean(new Set(['manifest.json', ...Object.values(manifest)]));
}

function hashedName(name: string, content: Contents[string]): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return name.replace('.', `-${hash}.`);
}

const WORKSHOP = '.building-';
const ABANDONED_AFTER = 10 * 60_000;

function clean(kept: ReadonlySet<string>): void {
  for (const name of readdirSync(target)) {
    const path = join(target, name);
    if (kept.has(name) || (name.startsWith(WORKSHOP) && isYoung(path))) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/** Another build may still be at work there. */
function isYoung(path: string): boolean {
  const made = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return Date.now() - made < ABANDONED_AFTER;
}

if (import.meta.main) await buildClient();
