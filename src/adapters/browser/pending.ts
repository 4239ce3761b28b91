/** A post on its way: shown, and not yet known to be stored. */
export interface PendingPost {
  readonly clientId: string;
  readonly text: string;
  /** RFC 3339, by this browser's clock. */
  readonly sentAt: string;
  /** Why it was not stored; undefined while it may yet be. */
  readonly failure?: string;
}

/** In the order in which they were written. */
export type PendingPosts = readonly PendingPost[];

/** Keeps posts on their way over a reload of the page. */
export interface PendingStorage {
  load(): PendingPosts;
  save(posts: PendingPosts): void;
}

/** So many may wait for a connection: they fit into the tab's storage, and the server takes them at once. */
export const MOST_PENDING = 100;

export const unsent = (posts: PendingPosts): PendingPosts => posts.filter((post) => post.failure === undefined);

export const isFull = (posts: PendingPosts): boolean => unsent(posts).length >= MOST_PENDING;

export const find = (posts: PendingPosts, clientId: string): PendingPost | undefined =>
  posts.find((post) => post.clientId === clientId);

export const withPost = (posts: PendingPosts, post: PendingPost): PendingPosts => [...posts, post];

export const withoutPost = (posts: PendingPosts, clientId: string): PendingPosts =>
  posts.filter((post) => post.clientId !== clientId);

export const withFailure = (posts: PendingPosts, clientId: string, failure: string): PendingPosts =>
  posts.map((post) => (post.clientId === clientId ? { ...post, failure } : post));

/** What `JSON.stringify` made of pending posts; anything else is none. */
export function parsePending(stored: string | null): PendingPosts {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter(isPendingPost) : [];
  } catch {
    return [];
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
    (failure === 'string' || failure === 'undefined')
  );
}
