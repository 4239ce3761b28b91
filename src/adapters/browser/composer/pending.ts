/** A post that is shown and not yet acknowledged. */
export interface PendingPost {
  /** Sorts in the order of writing. */
  readonly clientId: string;
  readonly text: string;
  /** The position of the message that it answers. No words of that are stored: they may be deleted. */
  readonly replyTo?: number | undefined;
  /** RFC 3339, by this browser's clock. */
  readonly sentAt: string;
  /** The tab that sends it. */
  readonly tab: string;
  /** Why it was not stored; undefined while that may still happen. */
  readonly failure?: string;
}

/** In the order of writing. */
export type PendingPosts = readonly PendingPost[];

/** Stores pending posts for the next visit, and for the reader's other tabs. */
export interface PendingStorage {
  load(): PendingPosts;
  put(post: PendingPost): void;
  remove(clientId: string): void;
  /** Calls for each post that another tab has put or, with undefined, removed. */
  onChange(changed: (clientId: string, post: PendingPost | undefined) => void): void;
}

/** Maximum posts that wait for a connection: they fit into the browser's storage, and the server accepts them in one burst. */
export const MAX_PENDING = 100;

export const unsent = (posts: PendingPosts): PendingPosts => posts.filter((post) => post.failure === undefined);

export const isOutboxFull = (posts: PendingPosts): boolean => unsent(posts).length >= MAX_PENDING;

export const find = (posts: PendingPosts, clientId: string): PendingPost | undefined =>
  posts.find((post) => post.clientId === clientId);

/** Replaces an earlier state of the post, or inserts it in order. */
export function withPost(posts: PendingPosts, post: PendingPost): PendingPosts {
  if (find(posts, post.clientId)) return posts.map((each) => (each.clientId === post.clientId ? post : each));
  const after = posts.findIndex(({ clientId }) => clientId > post.clientId);
  return after < 0 ? [...posts, post] : posts.toSpliced(after, 0, post);
}

export const withoutPost = (posts: PendingPosts, clientId: string): PendingPosts =>
  posts.filter((post) => post.clientId !== clientId);

/** Parses what `JSON.stringify` made of a pending post; returns undefined for anything else. */
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
  const replyTo = typeof post.replyTo;
  return (
    typeof post.clientId === 'string' &&
    typeof post.text === 'string' &&
    typeof post.sentAt === 'string' &&
    typeof post.tab === 'string' &&
    (failure === 'string' || failure === 'undefined') &&
    (replyTo === 'number' || replyTo === 'undefined')
  );
}
