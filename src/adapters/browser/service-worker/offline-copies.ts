const PREFIX = 'pages:';
/** Names the person for whom the server made the page, and who may see it again offline. Other answers are not cached. */
const VIEWER = 'offline-copy-for';
const CACHED_AT = 'cached-at';
/**
 * The newest messages in the list of chats: the page of a chat would keep those of other chats, which may be deleted. People's words are
 * escaped, and have no tags.
 */
const PREVIEWS = /(?<=<bdi class="card-last">)[^<]*/g;
const MAX_PAGES = 50;
/** As long as an unused session lasts. */
const MAX_AGE_MS = 7 * 24 * 3_600_000;

/** The state in which a request was begun. */
export interface Asking {
  readonly era: number;
  /** False for a part of a chat's past, which is not the page. */
  readonly isWhole: boolean;
}

/**
 * Copies of pages of one person, the last one who was signed in, in a cache that is named for them. There is never a second
 * one. All operations run one after the other.
 */
export class OfflineCopies {
  #era = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** Changes whenever something is forgotten: the answer to an earlier request must not bring it back. */
  get era(): number {
    return this.#era;
  }

  /** Caches the page, or forgets what the answer shows to be out of bounds now. */
  async note(path: string, response: Response, { era, isWhole }: Asking): Promise<void> {
    // The only redirect from these pages leads to the sign-in page.
    if (response.type === 'opaqueredirect' || response.status === 401) return this.empty();
    if (response.status === 403 || response.status === 404) return this.forget(path);
    const viewer = response.headers.get(VIEWER);
    if (!isWhole || !response.ok || response.redirected || viewer === null) return;
    const html = (await response.text()).replace(PREVIEWS, '');
    const headers = new Headers(response.headers);
    // These describe the transfer, and do not fit the decoded text.
    for (const name of ['content-encoding', 'content-length']) headers.delete(name);
    headers.set(CACHED_AT, new Date().toISOString());
    await this.#serially(async () => {
      if (era !== this.#era) return;
      const name = PREFIX + viewer;
      await this.#drop((other) => other !== name);
      await put(await caches.open(name), path, new Response(html, { headers }));
    });
  }

  /** The cached page, marked as such, or undefined when there is none. */
  find(path: string): Promise<Response | undefined> {
    return this.#serially(async () => {
      const [name, another] = await ours();
      // With two caches it is unknown which person is at the screen.
      if (name === undefined || another !== undefined) return undefined;
      const cache = await caches.open(name);
      const copy = await cache.match(path);
      const cachedAt = copy?.headers.get(CACHED_AT) ?? '';
      if (!copy || !(Date.now() - Date.parse(cachedAt) < MAX_AGE_MS)) {
        await cache.delete(path);
        return undefined;
      }
      const html = await copy.text();
      return new Response(html.replace('<html ', `<html data-cached-at="${cachedAt}" `), { headers: copy.headers });
    });
  }

  forget(path: string): Promise<void> {
    this.#era += 1;
    return this.#serially(async () => {
      for (const name of await ours()) await (await caches.open(name)).delete(path);
    });
  }

  empty(): Promise<void> {
    this.#era += 1;
    return this.#serially(() => this.#drop(() => true));
  }

  async #drop(isUnwanted: (name: string) => boolean): Promise<void> {
    for (const name of await ours()) if (isUnwanted(name)) await caches.delete(name);
  }

  #serially<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(act, act);
    this.#queue = turn;
    return turn;
  }
}

const ours = async (): Promise<readonly string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

/** Caches the page as the latest; the least recently visited ones are evicted. */
async function put(cache: Cache, path: string, page: Response): Promise<void> {
  await cache.delete(path);
  await cache.put(path, page);
  const cached = await cache.keys();
  for (const request of cached.slice(0, Math.max(0, cached.length - MAX_PAGES))) await cache.delete(request);
}
