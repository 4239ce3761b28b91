import type { ServerFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import { ChatWriter } from '../composer/chat-writer.ts';
import { Arrivals } from '../log/arrivals.ts';
import { whyRefused } from '../log/history.ts';
import { HistoryGap } from '../log/history-gap.ts';
import { SeenRevision } from '../log/seen-revision.ts';
import { mayReload } from '../session/reload.ts';
import { reloadOnce } from '../session/reload-once.ts';
import { sessionEnd } from '../session/session-end.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { installation, isForPageOf, type ReadyFrame } from '../storage/installation.ts';
import type { Ending } from './close-codes.ts';
import type { ConnectionListener } from './connection-listener.ts';
import { SENTENCES } from './connection-state.ts';
import type { LiveChatOptions } from './live-chat-options.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { TabConnection } from './tab-connection.ts';

/** Keeps a chat's page up to date: shows what arrives, sends what is posted, and catches up after a lost connection. */
export class LiveChat {
  readonly writer: ChatWriter;
  readonly #options: LiveChatOptions;
  readonly #connection: TabConnection;
  readonly #arrivals: Arrivals;
  readonly #seen: SeenRevision;
  readonly #gap: HistoryGap;
  #wasConnected = false;

  constructor(options: LiveChatOptions) {
    this.#options = options;
    this.#seen = new SeenRevision(options.revision);
    this.#arrivals = new Arrivals((messages) => {
      options.timeline.arrive(messages);
      options.shown();
    });
    this.#connection = this.#makeConnection();
    const { chatId, viewer, timeline } = options;
    const goToEnd = () => this.#goToEnd();
    this.writer = new ChatWriter({ chatId, viewer, timeline, connection: this.#connection, goToEnd });
    this.#gap = new HistoryGap({
      load: () => {
        this.#arrivals.flush();
        return options.paging.latest();
      },
      failed: () => this.#connection.giveUp(),
    });
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
    return new TabConnection({
      address: () => socketAddress(chatId, this.seen),
      whyRefused: () => whyRefused(chatId),
      openStream: async (listener) => {
        const { HttpChannel } = await import('./http-channel.ts');
        return new HttpChannel({ chatId, after: this.seen, listener });
      },
      listener: this.#makeListener(),
    });
  }

  #makeListener(): ConnectionListener {
    const { display } = this.#options;
    return {
      connected: () => {
        this.#wasConnected = true;
        display.connected();
      },
      lost: () => display.lost(),
      turnedAway: () => display.turnedAway(),
      intercepted: () => this.#intercepted(),
      withoutSockets: () => display.withoutSockets(),
      ended: (ending) => this.#end(ending),
      frame: (frame) => this.#receive(frame),
      stored: (message) => this.#showStored(message),
    };
  }

  /** The author of a message sees it, wherever they were in the history. */
  #goToEnd(): void {
    const { timeline, paging } = this.#options;
    this.#arrivals.flush();
    if (timeline.hasLater) paging.leap(this.seen);
    else timeline.toEnd();
  }

  #receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        this.#begin(frame);
        return;
      case 'message':
        this.#hear(frame.message);
        return;
      case 'details':
        this.#options.details(frame);
        return;
      case 'refused':
        if (frame.client_id !== undefined) this.writer.outbox.refuse(frame.client_id, frame.detail);
        return;
      case 'reset':
        this.#startOver(frame.revision);
        return;
      case 'alive':
        return;
      default:
        frame satisfies never;
    }
  }

  #begin(ready: ReadyFrame): void {
    if (!isForPageOf(this.#options.viewer, ready)) {
      this.#loadAgain();
      return;
    }
    // The data was restored from a copy: what the page shows may not be there any more, whatever its revision.
    if (ready.epoch !== installation.epoch) this.#startOver(ready.revision);
    else this.#gap.fill();
    installation.renew(ready.epoch);
    this.writer.outbox.sendAll();
  }

  /** Another person is signed in, or another installation is at this address: nothing of this page is for them. */
  #loadAgain(): void {
    this.#connection.leave();
    if (mayReload()) location.reload();
    else this.#end('rejected');
  }

  #hear(message: WireMessage): void {
    const { viewer, heard } = this.#options;
    const sentAgain = this.writer.outbox.acknowledge(message);
    if (this.#seen.isBefore(message) && message.author.id !== viewer.id) heard();
    this.#seen.receive({ revision: message.revision, sentAgain });
    if (message.kind === 'deleted') offlinePages.forgetThis();
    this.#arrivals.add(message);
  }

  /** Shows the message before its frame comes. Only the frame tells that no earlier message is missing. */
  #showStored(message: WireMessage): void {
    this.writer.outbox.acknowledge(message);
    this.#arrivals.add(message);
  }

  #startOver(revision: number): void {
    this.#seen.restart(revision);
    this.#gap.open();
  }

  /** Reloads once, which lets a sign-on in front of the server ask, unless the reload would lose something. */
  #intercepted(): void {
    const isSaved = this.writer.outbox.isSaved && this.#options.isDraftSaved();
    if (!isSaved || !reloadOnce({ wasConnected: this.#wasConnected })) this.#options.display.intercepted();
  }

  #end(ending: Ending): void {
    if (ending === 'signed-out') {
      sessionEnd.note();
      offlinePages.forgetAll();
    } else if (ending === 'not-a-member') offlinePages.forgetThis();
    this.#options.display.ended(ending);
    if (ending === 'not-a-member') this.#options.removed();
    this.writer.outbox.close(SENTENCES[ending], { isKept: ending === 'signed-out' });
  }
}

function socketAddress(chatId: number, after: number): string {
  const address = new URL(`/chatsocket/${chatId}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('after', String(after));
  address.searchParams.set('details', '1');
  return address.href;
}
