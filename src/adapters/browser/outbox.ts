import type { ClientFrame } from '../wire/frames.ts';
import type { WireMessage } from '../wire/message.ts';
import { newClientId } from './client-id.ts';
import {
  find,
  isFull,
  type PendingPost,
  type PendingPosts,
  type PendingStorage,
  unsent,
  withFailure,
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
  /** False when nothing could be sent now. */
  readonly send: (frame: ClientFrame) => boolean;
  /** For too long nothing that was sent has had an answer. */
  readonly unanswered: () => void;
}

const PATIENCE_MS = 10_000;

/** What this page posts, from the key press until the server has it: shown at once, sent as often as it takes. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #sentAgain = new Set<string>();
  #posts: PendingPosts;
  #closedBecause: string | undefined;
  #patience: ReturnType<typeof setTimeout> | undefined;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#posts = options.storage.load().filter((post) => !options.timeline.hasStored(post.clientId));
    for (const post of this.#posts) options.timeline.showPending(post);
  }

  get isFull(): boolean {
    return isFull(this.#posts);
  }

  post(text: string): void {
    const clientId = newClientId(Date.now(), (bytes) => crypto.getRandomValues(bytes));
    this.#begin({ clientId, text, sentAt: new Date().toISOString() });
  }

  /** After each reconnection: what was not acknowledged may be lost, and sending it again stores nothing twice. */
  sendAll(): void {
    this.#stopWaiting();
    for (const post of unsent(this.#posts)) {
      this.#sentAgain.add(post.clientId);
      this.#send(post);
    }
  }

  /** Whether the message is one that this page had to send again. */
  acknowledge(message: WireMessage): boolean {
    const clientId = message.client_id;
    if (clientId === null || message.author.id !== this.#options.viewer.id) return false;
    if (find(this.#posts, clientId)) {
      this.#keep(withoutPost(this.#posts, clientId));
      this.#wasAnswered();
    }
    return this.#sentAgain.delete(clientId);
  }

  refuse(clientId: string, why: string): void {
    if (!find(this.#posts, clientId)) return;
    this.#keep(withFailure(this.#posts, clientId, why));
    this.#wasAnswered();
    this.#options.timeline.showFailure(clientId, why);
  }

  /** Under a new name, as the old one may be what was refused. */
  retry(clientId: string): void {
    const text = find(this.#posts, clientId)?.text;
    this.discard(clientId);
    if (text !== undefined) this.post(text);
  }

  discard(clientId: string): void {
    this.#keep(withoutPost(this.#posts, clientId));
    this.#options.timeline.removePending(clientId);
  }

  /** Nothing will be sent any more, now or later. */
  close(why: string): void {
    this.#closedBecause = why;
    for (const { clientId } of unsent(this.#posts)) this.refuse(clientId, why);
  }

  #begin(post: PendingPost): void {
    this.#keep(withPost(this.#posts, post));
    this.#options.timeline.showPending(post);
    if (this.#closedBecause !== undefined) this.refuse(post.clientId, this.#closedBecause);
    else this.#send(post);
  }

  #send({ clientId, text }: PendingPost): void {
    if (this.#options.send({ type: 'post', client_id: clientId, text })) this.#wait();
  }

  /** All wait together: answers come in the order of the posts, so that each is a sign of life for the next. */
  #wait(): void {
    this.#patience ??= setTimeout(() => {
      this.#patience = undefined;
      this.#options.unanswered();
    }, PATIENCE_MS);
  }

  #wasAnswered(): void {
    const wasWaiting = this.#patience !== undefined;
    this.#stopWaiting();
    if (wasWaiting && unsent(this.#posts).length > 0) this.#wait();
  }

  #stopWaiting(): void {
    clearTimeout(this.#patience);
    this.#patience = undefined;
  }

  #keep(posts: PendingPosts): void {
    this.#posts = posts;
    this.#options.storage.save(posts);
  }
}
