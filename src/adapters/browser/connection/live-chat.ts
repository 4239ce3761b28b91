import type { ReactionsFrame, RefusedFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import { ChatWriter } from '../composer/chat-writer.ts';
import { HistoryGap } from '../log/history/history-gap.ts';
import { SeenRevision } from '../log/seen-revision.ts';
import { reloadSeldom } from '../session/reload.ts';
import { reloadOnce } from '../session/reload-once.ts';
import { forgetAfter } from '../session/session-end.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { installation, isForPageOf, type PageOwner } from '../storage/installation.ts';
import { socketAddress } from './channels/socket-address.ts';
import type { Ending } from './close-codes.ts';
import { connectTab } from './connect-tab.ts';
import type { ConnectionListener } from './connection-listener.ts';
import { SENTENCES } from './connection-state.ts';
import type { LiveChatOptions } from './live-chat-options.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { whyRefused } from './refused.ts';
import type { TabConnection } from './tab-connection.ts';
import type { ReceivedFrame } from './wire-decoding.ts';

/** Keeps a chat's page up to date: shows what arrives, sends what is posted, and catches up after a lost connection. */
export class LiveChat {
  readonly writer: ChatWriter;
  readonly #options: LiveChatOptions;
  readonly #connection: TabConnection;
  readonly #seen: SeenRevision;
  readonly #gap: HistoryGap;
  #wasConnected = false;
  /** The reader is no longer a member. The socket stays open for the list of chats. */
  #isRemoved = false;

  constructor(options: LiveChatOptions) {
    this.#options = options;
    options.chats.readBy(options.log.pointer);
    this.#seen = new SeenRevision(options.revision);
    this.#connection = this.#makeConnection();
    this.writer = new ChatWriter({ ...options, connection: this.#connection });
    this.#gap = new HistoryGap({ load: () => options.log.loadLatest(), failed: () => this.#connection.giveUp() });
  }

  start(): void {
    this.#connection.open();
    reconnectOnReturn(this.#connection);
  }

  /** Disconnects. The browser keeps pending posts for the next visit. */
  leave(): void {
    this.#connection.leave();
  }

  /** The revision up to which everything has arrived. */
  get seen(): number {
    return this.#seen.value;
  }

  #makeConnection(): TabConnection {
    const { chatId } = this.#options;
    return connectTab({
      address: socketAddress(),
      follow: () =>
        this.#isRemoved ? undefined : { type: 'follow', chat_id: chatId, after: this.seen, details: true },
      whyRefused: () => whyRefused(`/chat/${chatId}/messages?limit=1`),
      openStream: async (listener) => {
        const { HttpChannel } = await import('./channels/http-channel.ts');
        return new HttpChannel({ chatId, after: this.seen, listener });
      },
      listener: this.#makeListener(),
    });
  }

  #makeListener(): ConnectionListener {
    const { chats, display } = this.#options;
    return {
      connected: () => {
        this.#wasConnected = true;
        display.connected();
      },
      lost: () => {
        chats.disconnected();
        display.lost();
      },
      turnedAway: () => display.turnedAway(),
      intercepted: () => this.#intercepted(),
      withoutSockets: () => display.withoutSockets(),
      ended: (ending) => {
        chats.disconnected();
        this.#end(ending);
      },
      frame: (frame) => this.#receive(frame),
      stored: (message) => this.#showStored(message),
    };
  }

  #receive(frame: ReceivedFrame): void {
    const { chatId, chats, details } = this.#options;
    switch (frame.type) {
      case 'hello':
        if (this.#isForThisPage(frame)) chats.receive(frame);
        return;
      case 'chat':
      case 'left':
        chats.receive(frame);
        if (frame.type === 'left' && frame.chat_id === chatId) this.#end('not-a-member');
        return;
      case 'ready':
        if (this.#isForThisPage(frame)) this.#begin(frame);
        return;
      case 'message':
        this.#hear(frame.message);
        return;
      case 'reactions':
        this.#hearReactions(frame);
        return;
      case 'details':
        details(frame);
        return;
      case 'refused':
        this.#refused(frame);
        return;
      case 'reset':
        this.#startOver(frame.revision);
        return;
      case 'typing':
      case 'presence':
      case 'sound':
      case 'alive':
        return;
      default:
        frame satisfies never;
    }
  }

  #begin({ revision, epoch }: Extract<ReceivedFrame, { type: 'ready' }>): void {
    // The data was restored from a backup: what the page shows may be gone, whatever its revision.
    if (epoch !== installation.epoch) this.#startOver(revision);
    else this.#gap.fill();
    installation.renew(epoch);
    this.writer.sendAll();
  }

  #refused(frame: RefusedFrame): void {
    if (frame.client_id !== undefined) this.writer.refuse(frame.client_id, frame);
    else if (frame.code === 'forbidden') {
      this.#end('not-a-member');
      // The socket that could not follow the chat is not ready; the next one is for the list of chats.
      this.#connection.open();
    }
  }

  /** Loads the page again where it is for another person or another installation. */
  #isForThisPage(frame: PageOwner): boolean {
    if (isForPageOf(this.#options.viewer, frame)) return true;
    this.#connection.leave();
    if (!reloadSeldom()) this.#end('rejected');
    return false;
  }

  #hear(message: WireMessage): void {
    const { viewer, log } = this.#options;
    const sentAgain = this.writer.acknowledge(message);
    if (this.#seen.isBefore(message) && message.author.id !== viewer.id) log.count();
    this.#seen.receive({ revision: message.revision, sentAgain });
    if (message.kind === 'deleted') offlinePages.forget(this.#options.chatId);
    log.arrive(message);
  }

  #hearReactions(frame: ReactionsFrame): void {
    this.#seen.receive({ revision: frame.revision, sentAgain: false });
    this.#options.log.arrive(frame);
  }

  /** Shows the message before its frame comes. Only the frame tells that no earlier message is missing. */
  #showStored(message: WireMessage): void {
    this.writer.acknowledge(message);
    this.#options.log.arrive(message);
  }

  #startOver(revision: number): void {
    this.#seen.restart(revision);
    this.#gap.open();
  }

  /** Reloads once, which lets a sign-on in front of the server ask, unless the reload would lose something. */
  #intercepted(): void {
    if (this.#isRemoved) return;
    const isSaved = this.writer.outbox.isSaved && this.#options.isDraftSaved();
    if (!isSaved || !reloadOnce({ wasConnected: this.#wasConnected })) this.#options.display.intercepted();
  }

  #end(ending: Ending): void {
    const { display, removed } = this.#options;
    const wasRemoved = this.#isRemoved;
    this.#isRemoved ||= ending === 'not-a-member';
    forgetAfter(ending, this.#options.chatId);
    display.ended(ending);
    if (this.#isRemoved && !wasRemoved) removed();
    this.writer.close(SENTENCES[ending], { isKept: ending === 'signed-out' });
  }
}
