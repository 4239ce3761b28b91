import type { DetailsFrame, ServerFrame } from '../wire/frames.ts';
import type { WireMessage } from '../wire/message.ts';
import { Arrivals } from './arrivals.ts';
import { clientIds } from './client-id.ts';
import type { Ending } from './close-codes.ts';
import { Connection } from './connection.ts';
import { type ConnectionDisplay, SENTENCES } from './connection-state.ts';
import { whyRefused } from './history.ts';
import { installation, isForPageOf, type ReadyFrame } from './installation.ts';
import type { Viewer } from './log-rows.ts';
import { offlinePages } from './offline-pages.ts';
import { Outbox } from './outbox.ts';
import type { Paging } from './paging.ts';
import { pendingInBrowser } from './pending-storage.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { mayReload } from './reload.ts';
import { seenAfter } from './revisions.ts';
import { openTabs } from './tabs.ts';
import type { Timeline } from './timeline.ts';

export interface LiveChatOptions {
  readonly chatId: number;
  readonly viewer: Viewer;
  /** Up to which the page shows everything. */
  readonly revision: number;
  readonly timeline: Timeline;
  readonly paging: Paging;
  readonly display: ConnectionDisplay;
  /** Told of the chat's name, members and connected people, whenever they change. */
  readonly details: (details: DetailsFrame) => void;
  /** Called for each message that is new and somebody else's. */
  readonly heard: () => void;
  /** Called when what came is shown. */
  readonly shown: () => void;
}

const FULL = 'Too many messages wait to be sent. Try again when the connection is back.';

/** A chat as it goes on: what comes is shown, what is posted is sent, and a lost connection is made up for. */
export class LiveChat {
  readonly #options: LiveChatOptions;
  readonly #connection: Connection;
  readonly #arrivals: Arrivals;
  readonly #outbox: Outbox;
  #seen: number;
  #isMissingHistory = false;

  constructor(options: LiveChatOptions) {
    const { chatId, viewer, timeline, revision, display } = options;
    this.#options = options;
    this.#seen = revision;
    this.#arrivals = new Arrivals((messages) => {
      timeline.arrive(messages);
      options.shown();
    });
    this.#connection = new Connection({
      address: () => socketAddress(chatId, this.#seen),
      whyRefused: () => whyRefused(chatId),
      listener: {
        connected: () => display.connected(),
        lost: () => display.lost(),
        turnedAway: () => display.turnedAway(),
        ended: (ending) => this.#end(ending),
        frame: (frame) => this.#receive(frame),
      },
    });
    const newClientId = clientIds(Date.now, (bytes) => crypto.getRandomValues(bytes));
    this.#outbox = new Outbox({
      timeline,
      viewer,
      storage: pendingInBrowser({ userId: viewer.id, chatId }),
      tabs: openTabs(newClientId()),
      newClientId,
      send: (frame) => this.#connection.send(frame),
      unanswered: () => this.#connection.isReady && this.#connection.open(),
    });
  }

  start(): void {
    this.#connection.open();
    reconnectOnReturn(this.#connection);
  }

  /** What is pending stays with the browser, for the next visit. */
  leave(): void {
    this.#connection.leave();
  }

  /** Up to which everything has come. */
  get seen(): number {
    return this.#seen;
  }

  get outbox(): Pick<Outbox, 'lastFailed' | 'discard' | 'textOf'> {
    return this.#outbox;
  }

  /** Shows and sends it; answers with a sentence when it cannot be taken now. */
  post(text: string): string | undefined {
    if (this.#outbox.isFull && !this.#connection.isReady) return FULL;
    this.#goToEnd();
    this.#outbox.post(text);
    return undefined;
  }

  retry(clientId: string): void {
    this.#goToEnd();
    this.#outbox.retry(clientId);
  }

  /** The writer of something is always where it will stand. */
  #goToEnd(): void {
    const { timeline, paging } = this.#options;
    this.#arrivals.flush();
    if (timeline.hasLater) paging.leap(this.#seen);
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
        if (frame.client_id !== undefined) this.#outbox.refuse(frame.client_id, frame.detail);
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
    else if (this.#isMissingHistory) this.#loadHistory();
    installation.renew(ready.epoch);
    this.#outbox.sendAll();
  }

  /** Another person is signed in, or another installation is at this address: nothing of this page is for them. */
  #loadAgain(): void {
    this.#connection.leave();
    if (mayReload()) location.reload();
    else this.#end('rejected');
  }

  #hear(message: WireMessage): void {
    const { viewer, heard } = this.#options;
    const sentAgain = this.#outbox.acknowledge(message);
    if (message.author.id !== viewer.id && message.revision > this.#seen) heard();
    this.#seen = seenAfter(this.#seen, { revision: message.revision, sentAgain });
    this.#arrivals.add(message);
  }

  #startOver(revision: number): void {
    this.#seen = revision;
    this.#isMissingHistory = true;
    this.#loadHistory();
  }

  /** When it fails it is made up for at the next connection, which comes no sooner than after any other failure. */
  #loadHistory(): void {
    this.#arrivals.flush();
    this.#options.paging.latest().then((isLoaded) => {
      if (isLoaded) this.#isMissingHistory = false;
      else this.#connection.giveUp();
    }, console.error);
  }

  #end(ending: Ending): void {
    if (ending === 'signed-out') offlinePages.forgetAll();
    else if (ending === 'not-a-member') offlinePages.forgetThis();
    this.#options.display.ended(ending);
    this.#outbox.close(SENTENCES[ending], { isKept: ending === 'signed-out' });
  }
}

function socketAddress(chatId: number, seen: number): string {
  const address = new URL(`/chatsocket/${chatId}`, location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.searchParams.set('after', String(seen));
  address.searchParams.set('details', '1');
  return address.href;
}
