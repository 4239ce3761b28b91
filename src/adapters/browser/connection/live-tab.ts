import type { WireMessage } from '../../wire/message.ts';
import type { ChatList } from '../chats/chat-list.ts';
import { reloadSeldom } from '../session/reload.ts';
import { renewHourly } from '../session/renew-hourly.ts';
import { forgetAfter } from '../session/session-end.ts';
import { isForPageOf, type PageOwner } from '../storage/installation.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { socketAddress } from './channels/socket-address.ts';
import type { Refused } from './close-codes.ts';
import { connectTab } from './connect-tab.ts';
import type { ConnectionListener, ConnectionOptions } from './connection-listener.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { whyRefused } from './refused.ts';
import type { TabConnection } from './tab-connection.ts';
import type { ReceivedFrame } from './wire-decoding.ts';

/** The chat that the page shows. */
export interface ShownChat extends ConnectionListener, Pick<ConnectionOptions, 'follow' | 'openStream'> {
  readonly chatId: number;
}

export interface LiveTabOptions {
  readonly chats: ChatList;
  readonly viewer: { readonly id: number };
}

/** The connection of a tab. It keeps the list of chats current, and brings the frames of the chat that the page shows, if there is one. */
export class LiveTab {
  readonly connection: TabConnection;
  readonly #options: LiveTabOptions;
  #chat: ShownChat | undefined;

  constructor(options: LiveTabOptions) {
    this.#options = options;
    this.connection = connectTab({
      address: socketAddress(),
      follow: () => this.#chat?.follow(),
      openStream: (listener) => this.#chat?.openStream(listener),
      whyRefused: () => this.#askWhy(),
      listener: this.#makeListener(),
    });
    renewHourly(document, () => this.#askWhy());
  }

  start(): void {
    this.connection.open();
    reconnectOnReturn(this.connection);
  }

  /** The page shows this chat from now on. Frames of the one before, which may still arrive, are not shown. */
  show(chat: ShownChat): void {
    const left = this.#chat;
    this.#chat = chat;
    if (!left) return;
    if (this.connection.isReady) chat.connected();
    this.connection.refollow(left.chatId);
  }

  shows(chat: ShownChat): boolean {
    return chat === this.#chat;
  }

  /** Undefined also where the answer is about a chat that the page no longer shows. */
  async #askWhy(): Promise<Refused | undefined> {
    const chat = this.#chat;
    const why = await whyRefused(chat ? `/chat/${chat.chatId}/messages?limit=1` : '/chats');
    return chat === this.#chat ? why : undefined;
  }

  #makeListener(): ConnectionListener {
    const { chats } = this.#options;
    return {
      connected: () => this.#chat?.connected(),
      lost: () => {
        chats.disconnected();
        this.#chat?.lost();
      },
      turnedAway: () => this.#chat?.turnedAway(),
      intercepted: () => this.#chat?.intercepted(),
      withoutSockets: () => this.#chat?.withoutSockets(),
      ended: (ending) => {
        chats.disconnected();
        if (this.#chat) this.#chat.ended(ending);
        else forgetAfter(ending);
      },
      frame: (frame) => this.#receive(frame),
      stored: (message) => this.#chat?.stored(message),
    };
  }

  #receive(frame: ReceivedFrame): void {
    if ('you' in frame && !this.#isForThisPage(frame)) return;
    if (frame.type === 'hello' || frame.type === 'chat' || frame.type === 'left') this.#options.chats.receive(frame);
    // Where the script cannot be loaded, names and pictures are renewed with the page.
    if (frame.type === 'user' || frame.type === 'signed_in' || frame.type === 'picture')
      import('../session/person-news.ts').then(({ tellNews }) => tellNews(frame), console.error);
    // A stream follows one chat, whose id its frames may leave out.
    const of = 'chat_id' in frame ? frame.chat_id : this.#chat?.chatId;
    if (of === this.#chat?.chatId) this.#chat?.frame(frame);
    else if (frame.type === 'message') this.#forgetPost(frame.message);
  }

  /** A post was stored after its author had gone to another chat: it is not sent again at the next visit. */
  #forgetPost({ chat_id, client_id }: WireMessage): void {
    privateStorage.remove(`outbox:${this.#options.viewer.id}:${chat_id}:${client_id}`);
  }

  /** Loads the page again where it is for another person or another installation. */
  #isForThisPage(frame: PageOwner): boolean {
    if (isForPageOf(this.#options.viewer, frame)) return true;
    this.connection.leave();
    if (!reloadSeldom()) this.#chat?.ended('rejected');
    return false;
  }
}
