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
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { bundleAlone, bundleClient } from './bundle-client.ts';
import { webManifest } from './web-manifest.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'static/built');

interface BuiltFile {
  /** As in `style.css`: what the server asks for. */
  readonly name: string;
  /** The name that changes with the content. */
  readonly fileName: string;
  readonly content: string | Uint8Array;
}

const ICONS = ['icon-192.png', 'icon-512.png', 'app-icon.svg', 'app-icon-512.png', 'apple-touch-icon.png'];

/** Marks the icon of pages while messages call for their reader. */
const UNREAD_DOT = '<circle cx="47" cy="17" r="15" fill="#c8102e" stroke="#fff" stroke-width="4"/>';

async function buildClient(): Promise<void> {
  const drawing = readFileSync(join(root, 'static/favicon.svg'), 'utf8');
  const [style, favicon, unreadIcon, sprite] = [
    named('style.css', await bundleAlone('static/css/style.css')),
    named('favicon.svg', drawing),
    named('icon-unread.svg', drawing.replace('</svg>', `${UNREAD_DOT}</svg>`)),
    named('icons.svg', readFileSync(join(root, 'static/icons.svg'))),
  ];
  // A worker cannot import from the page's scripts. It is not part of the shell: few readers need it without a network.
  const highlighter = named('highlighter.js', await bundleAlone('src/adapters/browser/formatting/code/worker.ts'));
  // Neither are the styles of what is opened by a click.
  const lightbox = named('lightbox.css', await bundleAlone('static/css/lightbox.css'));
  const assets = Object.fromEntries([sprite, highlighter, lightbox].map((file) => [file.name, urlOf(file)]));
  const scripts = await bundleClient({ ASSETS: JSON.stringify(assets) });
  const shell = [...scripts, style, sprite, favicon, unreadIcon];
  const icons = ICONS.map((name) => named(name, readFileSync(join(root, 'static/icons', name))));
  const worker = await bundleAlone('src/adapters/browser/service-worker/main.ts', {
    SHELL: JSON.stringify(describeShell(shell.map(urlOf))),
  });
  const manifest = webManifest((name) => urlOf(icons.find((icon) => icon.name === name) ?? favicon));
  publish([...shell, highlighter, lightbox, ...icons, named('sw.js', worker), named('app.webmanifest', manifest)]);
}

function named(name: string, content: BuiltFile['content']): BuiltFile {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
  return { name, fileName: name.replace('.', `-${hash}.`), content };
}

const urlOf = ({ fileName }: BuiltFile): string => `/static/${fileName}`;

/** What the service worker holds, and a version that changes with any of it: the offline page is rendered of these. */
function describeShell(files: readonly string[]): { version: string; files: readonly string[] } {
  const templates = ['layout', 'pages/offline', 'partials/brand', 'partials/school', 'partials/icon'];
  const hash = createHash('sha256').update(files.join());
  for (const name of templates) hash.update(readFileSync(join(root, `templates/${name}.eta`)));
  return { version: hash.digest('hex').slice(0, 10), files };
}

/** Each file appears whole or not at all, and the manifest last: several builds, and servers that start, may overlap. */
function publish(files: readonly BuiltFile[]): void {
  mkdirSync(target, { recursive: true });
  const workshop = mkdtempSync(join(target, WORKSHOP));
  const published = new Set<string>();
  const put = (fileName: string, content: BuiltFile['content']) => {
    writeFileSync(join(workshop, fileName), content);
    renameSync(join(workshop, fileName), join(target, fileName));
    published.add(fileName);
  };
  for (const { fileName, content } of files) {
    if (!fileName.endsWith('.png')) {
      put(`${fileName}.br`, brotliCompressSync(content));
      put(`${fileName}.gz`, gzipSync(content, { level: 9 }));
    }
    put(fileName, content);
  }
  const manifest = Object.fromEntries(files.map(({ name, fileName }) => [name, fileName]));
  put('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
  rmSync(workshop, { recursive: true, force: true });
  clean(published);
}

const WORKSHOP = '.building-';
const ABANDONED_AFTER = 10 * 60_000;

/** Removes what earlier builds left. */
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
