import type { PostFrame } from '../../wire/client-frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { Tabs } from '../storage/tabs.ts';
import { Patience } from './patience.ts';
import {
  find,
  isFull,
  type PendingPost,
  type PendingPosts,
  type PendingStorage,
  unsent,
  withoutPost,
  withPost,
} from './pending.ts';

/** Where a post is shown until it is stored. */
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
  /** Each later than the one before, in the order of strings. */
  readonly newClientId: () => string;
  /** False when nothing could be sent now. */
  readonly send: (frame: PostFrame) => boolean;
  /** For too long nothing that was sent has had an answer. */
  readonly unanswered: () => void;
}

/**
 * What the reader posts, from the key press until the server has it: shown at once, kept until then, sent as often as it
 * takes. Each page of the reader's sends what was written in it, and what those left that are gone.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sentAgain = new Set<string>();
  /** Other pages, whose posts will be this page's should they go first. */
  readonly #elders = new Set<string>();
  #posts: PendingPosts = [];
  #isOpen = false;
  #closed: { readonly why: string; readonly isKept: boolean } | undefined;
  readonly #patience: Patience;

  constructor(options: OutboxOptions) {
    this.#options = options;
    const { storage, timeline } = options;
    this.#patience = new Patience(options.unanswered);
    for (const post of storage.load()) {
      if (timeline.hasStored(post.clientId)) storage.remove(post.clientId);
      else this.#show(post);
    }
    storage.onChange((clientId, post) => this.#changedElsewhere(clientId, post));
  }

  get isFull(): boolean {
    return isFull(this.#posts);
  }

  /** Whether all posts would be there again after a reload. */
  get isKept(): boolean {
    const stored = this.#options.storage.load();
    return this.#posts.every(({ clientId }) => find(stored, clientId) !== undefined);
  }

  /** The last post that was refused. */
  get lastFailed(): PendingPost | undefined {
    return this.#posts.findLast(({ failure }) => failure !== undefined);
  }

  post(text: string): void {
    const { newClientId, storage, tabs } = this.#options;
    const post = { clientId: newClientId(), text, sentAt: new Date().toISOString(), tab: tabs.own };
    storage.put(post);
    this.#show(post);
    if (this.#closed) this.refuse(post.clientId, this.#closed.why);
    else this.#send(post);
  }

  /** After each reconnection: what was not acknowledged may be lost, and sending it again stores nothing twice. */
  sendAll(): void {
    this.#isOpen = true;
    this.#patience.end();
    this.#sendAgain(this.#posts);
  }

  /** Whether the message is one that this page had to send again. */
  acknowledge(message: WireMessage): boolean {
    const clientId = message.client_id;
    if (clientId === null || message.author.id !== this.#options.viewer.id) return false;
    if (find(this.#posts, clientId)) {
      this.#posts = withoutPost(this.#posts, clientId);
      this.#options.storage.remove(clientId);
      this.#patience.answered(unsent(this.#posts).length > 0);
    }
    return this.#sentAgain.delete(clientId);
  }

  refuse(clientId: string, why: string): void {
    const post = find(this.#posts, clientId);
    if (!post) return;
    const refused = { ...post, failure: why };
    this.#posts = withPost(this.#posts, refused);
    if (!this.#closed?.isKept) this.#options.storage.put(refused);
    this.#patience.answered(unsent(this.#posts).length > 0);
    this.#options.timeline.showFailure(clientId, why);
  }

  /** Under a new name, as the old one may be what was refused. */
  retry(clientId: string): void {
    const text = this.textOf(clientId);
    this.discard(clientId);
    if (text !== undefined) this.post(text);
  }

  discard(clientId: string): void {
    this.#posts = withoutPost(this.#posts, clientId);
    this.#options.storage.remove(clientId);
    this.#options.timeline.removePending(clientId);
  }

  textOf(clientId: string): string | undefined {
    return find(this.#posts, clientId)?.text;
  }

  /** Nothing will be sent any more, by this page. What `isKept` is sent in the reader's next session. */
  close(why: string, { isKept }: { readonly isKept: boolean }): void {
    this.#closed = { why, isKept };
    for (const { clientId } of unsent(this.#posts)) this.refuse(clientId, why);
  }

  #show(post: PendingPost): void {
    this.#posts = withPost(this.#posts, post);
    this.#options.timeline.showPending(post);
    this.#becomeHeirOf(post.tab);
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
      this.#becomeHeirOf(post.tab);
      return;
    }
    // What was on its way is stored, and comes as a message; what had failed was discarded.
    if (known?.failure !== undefined) this.#options.timeline.removePending(clientId);
    this.#posts = withoutPost(this.#posts, clientId);
  }

  #becomeHeirOf(tab: string): void {
    const { tabs, storage } = this.#options;
    if (tab === tabs.own || this.#elders.has(tab)) return;
    this.#elders.add(tab);
    tabs.inherit(tab, () => {
      this.#elders.delete(tab);
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

  #send({ clientId, text }: PendingPost): void {
    if (this.#options.send({ type: 'post', client_id: clientId, text })) this.#patience.begin();
  }
}
