/** Filled in by the build: what every page needs, by paths that change with their content, and a name for all of it. */
declare const SHELL: { readonly version: string; readonly files: readonly string[] };

const PREFIX = 'shell:';
const OFFLINE_PAGE = '/offline';

/** What is the same for everybody: script, style, icons, and the page for where there is nothing else. */
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
