import type { ServerFrame } from '../../wire/frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import { clientIds } from '../composer/client-id.ts';
import { Outbox } from '../composer/outbox.ts';
import { pendingInBrowser } from '../composer/pending-storage.ts';
import { Arrivals } from '../log/arrivals.ts';
import { whyRefused } from '../log/history.ts';
import { seenAfter } from '../log/revisions.ts';
import { mayReload } from '../session/reload.ts';
import { reloadOnce } from '../session/reload-once.ts';
import { sessionEnd } from '../session/session-end.ts';
import { offlinePages } from '../shell/offline-pages.ts';
import { installation, isForPageOf, type ReadyFrame } from '../storage/installation.ts';
import { openTabs } from '../storage/tabs.ts';
import type { Ending } from './close-codes.ts';
import { Connection } from './connection.ts';
import { SENTENCES } from './connection-state.ts';
import type { LiveChatOptions } from './live-chat-options.ts';
import { reconnectOnReturn } from './reconnect-on-return.ts';
import { socketAddress } from './socket-address.ts';

const FULL = 'Too many messages wait to be sent. Try again when the connection is back.';

/** A chat as it goes on: what comes is shown, what is posted is sent, and a lost connection is made up for. */
export class LiveChat {
  readonly #options: LiveChatOptions;
  readonly #connection: Connection;
  readonly #arrivals: Arrivals;
  readonly #outbox: Outbox;
  #seen: number;
  #isMissingHistory = false;
  #wasConnected = false;

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
      openStream: async (listener) =>
        (await import('./http-channel.ts')).openHttpChannel({ chatId, after: this.#seen, listener }),
      listener: {
        ...display,
        connected: () => {
          this.#wasConnected = true;
          display.connected();
        },
        intercepted: () => this.#intercepted(),
        stored: (message) => this.#showStored(message),
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
    const isNew = message.position === message.revision && message.revision > this.#seen;
    if (isNew && message.author.id !== viewer.id) heard();
    this.#seen = seenAfter(this.#seen, { revision: message.revision, sentAgain });
    if (message.kind === 'deleted') offlinePages.forgetThis();
    this.#arrivals.add(message);
  }

  /** It is shown before its frame comes, which alone says that nothing before it is missing. */
  #showStored(message: WireMessage): void {
    this.#outbox.acknowledge(message);
    this.#arrivals.add(message);
  }

  /** Nothing that was written may be lost by the reload that lets a sign-on in front of the server ask. */
  #intercepted(): void {
    const isKept = this.#outbox.isKept && this.#options.isDraftKept();
    if (!isKept || !reloadOnce({ wasConnected: this.#wasConnected })) this.#options.display.intercepted();
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
    if (ending === 'signed-out') {
      sessionEnd.note();
      offlinePages.forgetAll();
    } else if (ending === 'not-a-member') offlinePages.forgetThis();
    this.#options.display.ended(ending);
    if (ending === 'not-a-member') this.#options.removed();
    this.#outbox.close(SENTENCES[ending], { isKept: ending === 'signed-out' });
  }
}
