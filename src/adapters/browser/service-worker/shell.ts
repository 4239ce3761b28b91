/** Filled in by the build: the files that every page needs, by paths that change with their content, and a version for all. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

const PREFIX = 'shell:';
const OFFLINE_PAGE = '/offline';

/** The files that are the same for everybody: scripts, style, icons, and the page that says that one is offline. */
export class Shell {
  readonly #name = PREFIX + SHELL.version;
  readonly #files: ReadonlySet<string> = new Set(SHELL.files);

  async fill(): Promise<void> {
    const cache = await caches.open(this.#name);
    await cache.addAll([...this.#files, OFFLINE_PAGE]);
  }

  async dropOthers(): Promise<void> {
    const names = await caches.keys();
    const others = names.filter((name) => name.startsWith(PREFIX) && name !== this.#name);
    await Promise.all(others.map((name) => caches.delete(name)));
  }

  has(path: string): boolean {
    return this.#files.has(path);
  }

  async answer(request: Request): Promise<Response> {
    const cache = await caches.open(this.#name);
    return (await cache.match(request, { ignoreVary: true })) ?? fetch(request);
  }

  async offlinePage(): Promise<Response> {
    const cache = await caches.open(this.#name);
    return (await cache.match(OFFLINE_PAGE)) ?? Response.error();
  }
}
