const PREFIX = 'pages:';
/** Names the person for whom the server made the page, who may find it again offline. Other answers are not kept. */
const VIEWER = 'offline-copy-for';
const KEPT_AT = 'kept-at';
const MOST_PAGES = 50;
/** As long as a session lasts that is not used. */
const LONGEST_MS = 7 * 24 * 3_600_000;

/** What a fetch was begun with. */
export interface Asking {
  readonly era: number;
  /** False for a part of a page's past, which is not the page. */
  readonly isWhole: boolean;
}

/**
 * The pages of one person, the one who was signed in last: in a cache that bears their id, of which there is never a
 * second. Whatever is done to it is done one after the other.
 */
export class KeptPages {
  #era = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** Another one whenever something is forgotten: an answer to a question from before must not bring it back. */
  get era(): number {
    return this.#era;
  }

  /** Draws the conclusions from what the server answered. */
  async note(path: string, response: Response, { era, isWhole }: Asking): Promise<void> {
    // For these pages there is one place to be sent to, and that is to sign in.
    if (response.type === 'opaqueredirect' || response.status === 401) return this.empty();
    if (response.status === 403 || response.status === 404) return this.forget(path);
    const viewer = response.headers.get(VIEWER);
    if (!isWhole || !response.ok || response.redirected || viewer === null) return;
    const html = await response.text();
    const headers = new Headers(response.headers);
    // They tell of how it came, not of what it is.
    for (const name of ['content-encoding', 'content-length']) headers.delete(name);
    headers.set(KEPT_AT, new Date().toISOString());
    await this.#inTurn(async () => {
      if (era !== this.#era) return;
      const name = PREFIX + viewer;
      await this.#drop((other) => other !== name);
      await put(await caches.open(name), path, new Response(html, { headers }));
    });
  }

  /** The page as it was, which says so itself. */
  find(path: string): Promise<Response | undefined> {
    return this.#inTurn(async () => {
      const [name, another] = await ours();
      // With two of them nobody knows whose turn it is.
      if (name === undefined || another !== undefined) return undefined;
      const cache = await caches.open(name);
      const kept = await cache.match(path);
      const keptAt = kept?.headers.get(KEPT_AT) ?? '';
      if (!kept || !(Date.now() - Date.parse(keptAt) < LONGEST_MS)) {
        await cache.delete(path);
        return undefined;
      }
      const html = await kept.text();
      return new Response(html.replace('<html ', `<html data-kept-at="${keptAt}" `), { headers: kept.headers });
    });
  }

  forget(path: string): Promise<void> {
    this.#era += 1;
    return this.#inTurn(async () => {
      for (const name of await ours()) await (await caches.open(name)).delete(path);
    });
  }

  empty(): Promise<void> {
    this.#era += 1;
    return this.#inTurn(() => this.#drop(() => true));
  }

  async #drop(isUnwanted: (name: string) => boolean): Promise<void> {
    for (const name of await ours()) if (isUnwanted(name)) await caches.delete(name);
  }

  #inTurn<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(act, act);
    this.#queue = turn;
    return turn;
  }
}

const ours = async (): Promise<readonly string[]> => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

/** As the latest; the ones that were not visited for longest make room. */
async function put(cache: Cache, path: string, page: Response): Promise<void> {
  await cache.delete(path);
  await cache.put(path, page);
  const kept = await cache.keys();
  for (const request of kept.slice(0, Math.max(0, kept.length - MOST_PAGES))) await cache.delete(request);
}
