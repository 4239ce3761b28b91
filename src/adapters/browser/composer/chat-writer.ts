import type { UserFrame } from '../../wire/client-frames.ts';
import type { RefusedFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { TabConnection } from '../connection/tab-connection.ts';
import type { ChangeOutbox } from '../log/changes/change-outbox.ts';
import type { Navigation } from '../log/places/navigation.ts';
import type { RowReactions } from '../log/reactions/row-reactions.ts';
import type { ReadPointer } from '../log/reading/read-pointer.ts';
import { openTabs } from '../storage/tabs.ts';
import { clientIds } from './client-id.ts';
import { Outbox, type PostRows } from './outbox.ts';
import type { PendingPost } from './pending.ts';
import { pendingInBrowser } from './pending-storage.ts';

const FULL = 'Too many messages wait to be sent. Try again when the connection is back.';

export interface ChatWriterOptions {
  readonly chatId: number;
  readonly viewer: { readonly id: number };
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
  readonly log: {
    readonly timeline: PostRows;
    readonly reactions: RowReactions;
    readonly pointer: ReadPointer;
    readonly navigation: Pick<Navigation, 'toEnd'>;
  };
  readonly connection: Pick<TabConnection, 'isReady' | 'open' | 'send'>;
}

/** What the reader does about messages of their own in a chat. */
export class ChatWriter {
  readonly outbox: Outbox;
  /** Changes of stored messages; set when the script for them is loaded. */
  changes: Pick<ChangeOutbox, 'sendAll' | 'acknowledge' | 'refuse' | 'close'> | undefined;
  readonly #options: ChatWriterOptions;

  constructor(options: ChatWriterOptions) {
    const { chatId, viewer, signal, log, connection } = options;
    const newClientId = clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes));
    this.#options = options;
    this.outbox = new Outbox({
      timeline: log.timeline,
      viewer,
      storage: pendingInBrowser({ userId: viewer.id, chatId, signal }),
      tabs: openTabs(newClientId(), signal),
      newClientId,
      send: (frame) => connection.send({ ...frame, chat_id: chatId }),
      unanswered: () => connection.isReady && connection.open(),
    });
  }

  get isReady(): boolean {
    return this.#options.connection.isReady;
  }

  /** Returns false when the frame cannot be sent now. */
  send(frame: UserFrame): boolean {
    return this.#options.connection.send(frame);
  }

  /** Must be called after each reconnection. */
  sendAll(): void {
    this.outbox.sendAll();
    this.#options.log.reactions.sendAll();
    this.#options.log.pointer.sendAgain();
    this.changes?.sendAll();
  }

  /** Takes note of a stored message; returns whether it is a post that this tab had sent again. */
  acknowledge(message: WireMessage): boolean {
    this.changes?.acknowledge(message);
    return this.outbox.acknowledge(message);
  }

  /** What was sent under this client id was not done. */
  refuse(clientId: string, frame: RefusedFrame): void {
    this.outbox.refuse(clientId, frame.detail);
    this.#options.log.reactions.refuse(clientId, frame.detail);
    this.changes?.refuse(frame);
  }

  /** Sends nothing more. With `isKept`, what waits is sent in the reader's next session. */
  close(why: string, kept: { readonly isKept: boolean }): void {
    this.#options.log.reactions.close(why);
    this.changes?.close();
    this.outbox.close(why, kept);
  }

  /** Shows and sends the post, or returns a sentence that says why it cannot be taken now. */
  post(text: string, replyTo?: number): string | undefined {
    const { connection, log } = this.#options;
    if (this.outbox.isFull && !connection.isReady) return FULL;
    log.navigation.toEnd();
    this.outbox.post(text, replyTo);
    return undefined;
  }

  retry(clientId: string): void {
    this.#options.log.navigation.toEnd();
    this.outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.outbox.discard(clientId);
  }

  textOf(clientId: string): string | undefined {
    return this.outbox.textOf(clientId);
  }

  get lastFailed(): PendingPost | undefined {
    return this.outbox.lastFailed;
  }
}
