import type { PostFrame } from '../../wire/client-frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { Tabs } from '../storage/tabs.ts';
import { AckTimeout } from './ack-timeout.ts';
import {
  find,
  isOutboxFull,
  type PendingPost,
  type PendingPosts,
  type PendingStorage,
  unsent,
  withoutPost,
  withPost,
} from './pending.ts';

/** The rows that show posts until they are stored. */
export interface PostRows {
  hasStored(clientId: string): boolean;
  showPending(post: PendingPost): void;
  showFailure(clientId: string, why: string): void;
  removePending(clientId: string): void;
}

export interface OutboxOptions {
  readonly timeline: PostRows;
  readonly viewer: { readonly id: number };
  readonly storage: PendingStorage;
  readonly tabs: Tabs;
  /** Each sorts after the one before. */
  readonly newClientId: () => string;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: PostFrame) => boolean;
  /** Called when acknowledgements do not come in time. */
  readonly unanswered: () => void;
}

/**
 * The reader's posts until the server has stored them. A post is shown at once, survives a reload, and is sent again after each
 * reconnection. Each tab sends the posts that were written in it, and those of closed tabs.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sentAgain = new Set<string>();
  /** Other tabs whose posts this one takes over when they are closed. */
  readonly #inheritedTabs = new Set<string>();
  #posts: PendingPosts = [];
  #isOpen = false;
  #closed: { readonly why: string; readonly isKept: boolean } | undefined;
  readonly #ackTimeout: AckTimeout;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { storage, timeline } = options;
    this.#ackTimeout = new AckTimeout(options.unanswered);
    for (const post of storage.load()) {
      if (timeline.hasStored(post.clientId)) storage.remove(post.clientId);
      else this.#show(post);
    }
    storage.onChange((clientId, post) => this.#changedElsewhere(clientId, post));
  }

  get isFull(): boolean {
    return isOutboxFull(this.#posts);
  }

  /** Whether all posts would survive a reload. */
  get isSaved(): boolean {
    const stored = this.#options.storage.load();
    return this.#posts.every(({ clientId }) => find(stored, clientId) !== undefined);
  }

  /** The last post that was refused, if any. */
  get lastFailed(): PendingPost | undefined {
    return this.#posts.findLast(({ failure }) => failure !== undefined);
  }

  post(text: string, replyTo?: number): void {
    const { newClientId, storage, tabs } = this.#options;
    const post = { clientId: newClientId(), text, replyTo, sentAt: new Date().toISOString(), tab: tabs.own };
    storage.put(post);
    this.#show(post);
    if (this.#closed) this.refuse(post.clientId, this.#closed.why);
    else this.#send(post);
  }

  /** Must be called after each reconnection: posts without an acknowledgement may be lost, and none is stored twice. */
  sendAll(): void {
    this.#isOpen = true;
    this.#ackTimeout.end();
    this.#sendAgain(this.#posts);
  }

  /** Removes the post of a stored message; returns whether this tab had sent it again. */
  acknowledge(message: WireMessage): boolean {
    const clientId = message.client_id;
    if (clientId === null || message.author.id !== this.#options.viewer.id) return false;
    if (find(this.#posts, clientId)) {
      this.#posts = withoutPost(this.#posts, clientId);
      this.#options.storage.remove(clientId);
      this.#noteAnswer();
    }
    return this.#sentAgain.delete(clientId);
  }

  refuse(clientId: string, why: string): void {
    const post = find(this.#posts, clientId);
    if (!post) return;
    const refused = { ...post, failure: why };
    this.#posts = withPost(this.#posts, refused);
    if (!this.#closed?.isKept) this.#options.storage.put(refused);
    this.#noteAnswer();
    this.#options.timeline.showFailure(clientId, why);
  }

  /** Posts the text again, with a new client id: the old one may be why it was refused. */
  retry(clientId: string): void {
    const post = find(this.#posts, clientId);
    this.discard(clientId);
    if (post) this.post(post.text, post.replyTo);
  }

  discard(clientId: string): void {
    this.#posts = withoutPost(this.#posts, clientId);
    this.#options.storage.remove(clientId);
    this.#options.timeline.removePending(clientId);
  }

  textOf(clientId: string): string | undefined {
    return find(this.#posts, clientId)?.text;
  }

  /** Sends nothing more. With `isKept`, pending posts are sent in the reader's next session. */
  close(why: string, { isKept }: { readonly isKept: boolean }): void {
    this.#closed = { why, isKept };
    for (const { clientId } of unsent(this.#posts)) this.refuse(clientId, why);
  }

  #noteAnswer(): void {
    this.#ackTimeout.acknowledged({ isMoreAwaited: unsent(this.#posts).length > 0 });
  }

  #show(post: PendingPost): void {
    this.#posts = withPost(this.#posts, post);
    this.#options.timeline.showPending(post);
    this.#inheritFrom(post.tab);
  }

  #changedElsewhere(clientId: string, post: PendingPost | undefined): void {
    const known = find(this.#posts, clientId);
    if (post && !known) {
      if (!this.#options.timeline.hasStored(clientId)) this.#show(post);
      return;
    }
    if (post) {
      this.#posts = withPost(this.#posts, post);
      if (post.failure !== undefined) this.#options.timeline.showFailure(clientId, post.failure);
      this.#inheritFrom(post.tab);
      return;
    }
    // A pending post was stored, and comes as a message. A failed one was discarded.
    if (known?.failure !== undefined) this.#options.timeline.removePending(clientId);
    this.#posts = withoutPost(this.#posts, clientId);
  }

  #inheritFrom(tab: string): void {
    const { tabs, storage } = this.#options;
    if (tab === tabs.own || this.#inheritedTabs.has(tab)) return;
    this.#inheritedTabs.add(tab);
    tabs.inherit(tab, () => {
      this.#inheritedTabs.delete(tab);
      const left = storage.load().filter((post) => post.tab === tab);
      const taken = left.map((post) => ({ ...post, tab: tabs.own }));
      for (const post of taken) {
        storage.put(post);
        this.#posts = withPost(this.#posts, post);
      }
      if (this.#isOpen) this.#sendAgain(taken);
    });
  }

  #sendAgain(posts: PendingPosts): void {
    for (const post of unsent(posts)) {
      if (post.tab !== this.#options.tabs.own) continue;
      this.#sentAgain.add(post.clientId);
      this.#send(post);
    }
  }

  #send({ clientId, text, replyTo }: PendingPost): void {
    const answered = replyTo === undefined ? {} : { reply_to: replyTo };
    if (this.#options.send({ type: 'post', client_id: clientId, text, ...answered })) this.#ackTimeout.begin();
  }
}
