import type { ServerFrame } from '../wire/frames.ts';
import type { WireMessage } from '../wire/message.ts';
import type { Ending } from './close-codes.ts';
import { Connection } from './connection.ts';
import { type ConnectionDisplay, connectionDisplay, SENTENCES } from './connection-state.ts';
import { PAGE_LENGTH, readHistory, whyRefused } from './history.ts';
import type { MemberCount } from './member-count.ts';
import { Outbox } from './outbox.ts';
import { pendingInTab } from './pending-storage.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { seenAfter } from './revisions.ts';
import type { LogScroll } from './scroll.ts';
import type { Timeline, Viewer } from './timeline.ts';

export interface LiveChatOptions {
  readonly chatId: number;
  readonly viewer: Viewer;
  /** Up to which the page shows everything. */
  readonly revision: number;
  readonly timeline: Timeline;
  readonly scroll: LogScroll;
  readonly status: HTMLElement;
  readonly memberCount: MemberCount;
  /** Shown while there are earlier messages than those in the timeline. */
  readonly earlier: HTMLElement;
  readonly signedOut: () => void;
}

const FULL = 'Too many messages wait to be sent. Try again when the connection is back.';

/** A chat as it goes on: what comes is shown, what is posted is sent, and a lost connection is made up for. */
export class LiveChat {
  readonly #options: LiveChatOptions;
  readonly #display: ConnectionDisplay;
  readonly #connection: Connection;
  readonly #outbox: Outbox;
  #seen: number;
  #isMissingHistory = false;

  constructor(options: LiveChatOptions) {
    const { chatId, viewer, timeline, revision, status } = options;
    this.#options = options;
    this.#seen = revision;
    this.#display = connectionDisplay(status);
    this.#connection = new Connection({
      address: () => socketAddress(chatId, this.#seen),
      whyRefused: () => whyRefused(chatId),
      listener: {
        connected: () => this.#display.connected(),
        lost: () => this.#display.lost(),
        ended: (ending) => this.#end(ending),
        frame: (frame) => this.#receive(frame),
      },
    });
    this.#outbox = new Outbox({
      timeline,
      viewer,
      storage: pendingInTab({ userId: viewer.id, chatId }),
      send: (frame) => this.#connection.send(frame),
      unanswered: () => this.#connection.isReady && this.#connection.open(),
    });
  }

  start(): void {
    this.#options.scroll.toEnd();
    this.#connection.open();
    reconnectOnReturn(this.#connection);
  }

  /** What is pending stays with the tab, for the next visit. */
  leave(): void {
    this.#connection.leave();
  }

  /** Shows and sends it; answers with a sentence when it cannot be taken now. */
  post(text: string): string | undefined {
    if (this.#outbox.isFull && !this.#connection.isReady) return FULL;
    this.#outbox.post(text);
    this.#options.scroll.toEnd();
    return undefined;
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
    this.#options.scroll.toEnd();
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  #receive(frame: ServerFrame): void {
    switch (frame.type) {
      case 'ready':
        // A counter that went back is another one: the server's data was replaced under this page.
        if (frame.revision < this.#seen) this.#startOver(frame.revision);
        else if (this.#isMissingHistory) this.#loadHistory();
        this.#outbox.sendAll();
        return;
      case 'message':
        this.#show(frame.message);
        return;
      case 'refused':
        if (frame.client_id !== undefined) this.#outbox.refuse(frame.client_id, frame.detail);
        return;
      case 'reset':
        this.#startOver(frame.revision);
        return;
      default:
        frame satisfies never;
    }
  }

  #show(message: WireMessage): void {
    const { timeline, scroll, memberCount } = this.#options;
    const sentAgain = this.#outbox.acknowledge(message);
    scroll.arrive(() => timeline.show(message));
    memberCount.see(message);
    this.#seen = seenAfter(this.#seen, { revision: message.revision, sentAgain });
  }

  #startOver(revision: number): void {
    this.#seen = revision;
    this.#isMissingHistory = true;
    this.#loadHistory();
  }

  /** When it fails it is made up for at the next connection, which comes no sooner than after any other failure. */
  #loadHistory(): void {
    const { chatId, timeline, scroll, earlier } = this.#options;
    readHistory(chatId).then(
      ({ messages }) => {
        this.#isMissingHistory = false;
        scroll.arrive(() => timeline.replaceHistory(messages));
        earlier.hidden = messages.length < PAGE_LENGTH;
      },
      () => this.#connection.giveUp(),
    );
  }

  #end(ending: Ending): void {
    this.#display.ended(ending);
    this.#outbox.close(SENTENCES[ending]);
    if (ending === 'signed-out') this.#options.signedOut();
  }
}

function socketAddress(chatId: number, seen: number): string {
  const address = new URL(`/chatsocket/${chatId}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('after', String(seen));
  return address.href;
}
