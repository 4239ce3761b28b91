/** A post on its way: shown, and not yet known to be stored. */
export interface PendingPost {
  /** Later posts have later ones. */
  readonly clientId: string;
  readonly text: string;
  /** RFC 3339, by this browser's clock. */
  readonly sentAt: string;
  /** The page that sends it. */
  readonly tab: string;
  /** Why it was not stored; undefined while it may yet be. */
  readonly failure?: string;
}

/** In the order in which they were written. */
export type PendingPosts = readonly PendingPost[];

/** Keeps posts on their way, for this page's next visit and for the other pages of its reader. */
export interface PendingStorage {
  load(): PendingPosts;
  put(post: PendingPost): void;
  remove(clientId: string): void;
  /** Calls for each post that another page has put, or removed. */
  onChange(changed: (clientId: string, post: PendingPost | undefined) => void): void;
}

/** So many may wait for a connection: they fit into the storage, and the server takes them at once. */
export const MOST_PENDING = 100;

export const unsent = (posts: PendingPosts): PendingPosts => posts.filter((post) => post.failure === undefined);

export const isFull = (posts: PendingPosts): boolean => unsent(posts).length >= MOST_PENDING;

export const find = (posts: PendingPosts, clientId: string): PendingPost | undefined =>
  posts.find((post) => post.clientId === clientId);

/** In place of an earlier state of it, or in its place by its name. */
export function withPost(posts: PendingPosts, post: PendingPost): PendingPosts {
  if (find(posts, post.clientId)) return posts.map((each) => (each.clientId === post.clientId ? post : each));
  const after = posts.findIndex(({ clientId }) => clientId > post.clientId);
  return after < 0 ? [...posts, post] : posts.toSpliced(after, 0, post);
}

export const withoutPost = (posts: PendingPosts, clientId: string): PendingPosts =>
  posts.filter((post) => post.clientId !== clientId);

/** What `JSON.stringify` made of a pending post; anything else is none. */
export function parsePending(stored: string | undefined): PendingPost | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? '');
    return isPendingPost(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPendingPost(value: unknown): value is PendingPost {
  if (typeof value !== 'object' || value === null) return false;
  const post: Partial<Record<keyof PendingPost, unknown>> = value;
  const failure = typeof post.failure;
  return (
    typeof post.clientId === 'string' &&
    typeof post.text === 'string' &&
    typeof post.sentAt === 'string' &&
    typeof post.tab === 'string' &&
    (failure === 'string' || failure === 'undefined')
  );
}
