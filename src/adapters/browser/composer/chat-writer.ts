import type { TabConnection } from '../connection/tab-connection.ts';
import { openTabs } from '../storage/tabs.ts';
import { clientIds } from './client-id.ts';
import { Outbox, type PostRows } from './outbox.ts';
import type { PendingPost } from './pending.ts';
import { pendingInBrowser } from './pending-storage.ts';

const FULL = 'Too many messages wait to be sent. Try again when the connection is back.';

export interface ChatWriterOptions {
  readonly chatId: number;
  readonly viewer: { readonly id: number };
  readonly timeline: PostRows;
  readonly connection: Pick<TabConnection, 'isReady' | 'open' | 'send'>;
  /** Brings the end of the chat into view. */
  readonly goToEnd: () => void;
}

/** What the reader does about messages of their own in a chat. */
export class ChatWriter {
  readonly outbox: Outbox;
  readonly #options: ChatWriterOptions;

  constructor(options: ChatWriterOptions) {
    const { chatId, viewer, timeline, connection } = options;
    const newClientId = clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes));
    this.#options = options;
    this.outbox = new Outbox({
      timeline,
      viewer,
      storage: pendingInBrowser({ userId: viewer.id, chatId }),
      tabs: openTabs(newClientId()),
      newClientId,
      send: (frame) => connection.send(frame),
      unanswered: () => connection.isReady && connection.open(),
    });
  }

  /** Shows and sends the text, or returns a sentence that says why it cannot be taken now. */
  post(text: string): string | undefined {
    const { connection, goToEnd } = this.#options;
    if (this.outbox.isFull && !connection.isReady) return FULL;
    goToEnd();
    this.outbox.post(text);
    return undefined;
  }

  retry(clientId: string): void {
    this.#options.goToEnd();
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
