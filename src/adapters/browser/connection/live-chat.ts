import type { UserFrame } from '../../wire/client-frames.ts';
import type { ReactionsFrame, RefusedFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import type { WireChatSummary } from '../../wire/user-frames.ts';
import { ChatWriter } from '../composer/chat-writer.ts';
import { HistoryGap } from '../log/history/history-gap.ts';
import { SeenRevision } from '../log/seen-revision.ts';
import { reloadOnce } from '../session/reload-once.ts';
import { forgetAfter } from '../session/session-end.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { installation } from '../storage/installation.ts';
import type { Channel } from './channels/channel.ts';
import type { HttpListener } from './channels/http-channel.ts';
import type { Ending } from './close-codes.ts';
import type { FollowFrame } from './connection-listener.ts';
import { SENTENCES } from './connection-state.ts';
import type { LiveChatOptions } from './live-chat-options.ts';
import type { ShownChat } from './live-tab.ts';
import type { ReceivedFrame } from './wire-decoding.ts';

/** Keeps a chat's page up to date: shows what arrives, sends what is posted, and catches up after a lost connection. */
export class LiveChat implements ShownChat {
  readonly writer: ChatWriter;
  readonly #options: LiveChatOptions;
  readonly #seen: SeenRevision;
  readonly #gap: HistoryGap;
  #isFollowed = false;
  #wasConnected = false;
  /** The reader is no longer a member. The socket stays open for the list of chats. */
  #isRemoved = false;

  constructor(options: LiveChatOptions) {
    this.#options = options;
    options.chats.readBy(options.log.pointer);
    this.#seen = new SeenRevision(options.revision);
    this.writer = new ChatWriter({ ...options, connection: this });
    const failed = () => this.isReady && options.tab.connection.giveUp();
    this.#gap = new HistoryGap({ load: () => options.log.loadLatest(), failed });
  }

  get chatId(): number {
    return this.#options.chatId;
  }

  /** The revision up to which everything has arrived. */
  get seen(): number {
    return this.#seen.value;
  }

  /** Whether the server has said that it delivers the chat's frames from `seen` on. */
  get isReady(): boolean {
    const { tab } = this.#options;
    return this.#isFollowed && tab.shows(this) && tab.connection.isReady;
  }

  open(): void {
    this.#options.tab.connection.open();
  }

  /** Returns false when the frame cannot be sent now. */
  send(frame: UserFrame): boolean {
    return this.isReady && this.#options.tab.connection.send(frame);
  }

  follow(): FollowFrame | undefined {
    return this.#isRemoved ? undefined : { type: 'follow', chat_id: this.chatId, after: this.seen, details: true };
  }

  async openStream(listener: HttpListener): Promise<Channel> {
    const { HttpChannel } = await import('./channels/http-channel.ts');
    return new HttpChannel({ chatId: this.chatId, after: this.seen, listener });
  }

  connected(): void {
    this.#wasConnected = true;
    this.#options.display.connected();
  }

  lost(): void {
    this.#isFollowed = false;
    this.#options.display.lost();
  }

  turnedAway(): void {
    this.#options.display.turnedAway();
  }

  /** Reloads once, which lets a sign-on in front of the server ask, unless the reload would lose something. */
  intercepted(): void {
    if (this.#isRemoved) return;
    const isSaved = this.writer.outbox.isSaved && this.#options.isDraftSaved();
    if (!isSaved || !reloadOnce({ wasConnected: this.#wasConnected })) this.#options.display.intercepted();
  }

  withoutSockets(): void {
    this.#options.display.withoutSockets();
  }

  ended(ending: Ending): void {
    const { display, removed } = this.#options;
    const wasRemoved = this.#isRemoved;
    this.#isRemoved ||= ending === 'not-a-member';
    forgetAfter(ending, this.chatId);
    display.ended(ending);
    if (this.#isRemoved && !wasRemoved) removed();
    this.writer.close(SENTENCES[ending], { isKept: ending === 'signed-out' });
  }

  /** Takes the frames that are about this chat, or about none. */
  frame(frame: ReceivedFrame): void {
    switch (frame.type) {
      case 'ready':
        this.#begin(frame);
        return;
      case 'message':
        this.#hear(frame.message);
        return;
      case 'reactions':
        this.#hearReactions(frame);
        return;
      case 'details':
        this.#options.details(frame);
        return;
      case 'refused':
        this.#refused(frame);
        return;
      case 'reset':
        this.#startOver(frame.revision);
        return;
      case 'left':
        this.ended('not-a-member');
        return;
      case 'hello':
        for (const chat of frame.chats) this.#noteRole(chat);
        return;
      case 'chat':
        this.#noteRole(frame.chat);
        return;
      // Nothing of these is shown in the chat.
      default:
        frame.type satisfies 'typing' | 'presence' | 'sound' | 'user' | 'signed_in' | 'oversight' | 'picture' | 'alive';
    }
  }

  /** Shows the message before its frame comes. Only the frame tells that no earlier message is missing. */
  stored(message: WireMessage): void {
    this.writer.acknowledge(message);
    this.#options.log.arrive(message);
  }

  #begin({ revision, epoch }: Extract<ReceivedFrame, { type: 'ready' }>): void {
    this.#isFollowed = true;
    // The data was restored from a backup: what the page shows may be gone, whatever its revision.
    if (epoch !== installation.epoch) this.#startOver(revision);
    else this.#gap.fill();
    installation.renew(epoch);
    this.writer.sendAll();
  }

  #noteRole({ id, role }: WireChatSummary): void {
    if (id === this.chatId) this.#options.noteRole(role ?? 'member');
  }

  #refused(frame: RefusedFrame): void {
    const { connection } = this.#options.tab;
    if (frame.client_id !== undefined) this.writer.refuse(frame.client_id, frame);
    else if (frame.code === 'forbidden') {
      this.ended('not-a-member');
      // A socket that has not been able to follow a chat is not ready; the next one is for the list of chats.
      if (!connection.isReady) connection.open();
    } else if (!this.#isFollowed) connection.giveUp();
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

  #startOver(revision: number): void {
    this.#seen.restart(revision);
    this.#gap.open();
  }
}
