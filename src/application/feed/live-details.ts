import type { ChatId } from '../../domain/ids.ts';
import type { ChatDetails } from '../ports/follower.ts';
import type { Audience } from './audience.ts';
import type { FeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** However much happens, details are read and told no more often than this. */
const BETWEEN_MS = 1_000;

interface LiveDetailsDeps extends Pick<FeedDeps, 'view' | 'presence' | 'timer' | 'log'> {
  readonly chatId: ChatId;
  readonly audience: Audience;
}

/** A chat's details, kept up to date for as long as somebody wants them. */
export class LiveDetails {
  readonly #deps: LiveDetailsDeps;
  #watchers = 0;
  #current: ChatDetails | undefined;
  #readAt = Number.NEGATIVE_INFINITY;
  /** Something changed since they were read. */
  #isStale = false;
  /** They are being read, or will be. */
  #isDue = false;

  constructor(deps: LiveDetailsDeps) {
    this.#deps = deps;
  }

  /** As they were told last, or undefined when they have yet to be. */
  get current(): ChatDetails | undefined {
    return this.#current;
  }

  watch(): void {
    this.#watchers += 1;
  }

  unwatch(): void {
    this.#watchers -= 1;
    // What is not kept up to date is not shown to who comes next.
    if (this.#watchers === 0) this.#current = undefined;
  }

  /** They may be others now. Costs nothing while nobody wants them. */
  changed(): void {
    if (this.#watchers === 0) return;
    this.#isStale = true;
    if (this.#isDue) return;
    this.#isDue = true;
    const wait = this.#readAt + BETWEEN_MS - this.#deps.timer.elapsed();
    if (wait > 0) this.#deps.timer.after(wait, () => this.#refresh());
    else this.#deps.timer.soon(() => this.#refresh());
  }

  #refresh(): void {
    this.#readAt = this.#deps.timer.elapsed();
    this.#isStale = false;
    this.#read()
      .then(
        (details) => this.#take(details),
        (error: unknown) => this.#fail(error),
      )
      .finally(() => {
        this.#isDue = false;
        if (this.#isStale) this.changed();
      });
  }

  async #read(): Promise<ChatDetails | undefined> {
    const { chatId, audience, view, presence } = this.#deps;
    const chat = await view.chats.find(chatId);
    if (!chat) return undefined;
    const members = await view.members.count(chatId);
    return { name: chat.name, members, connected: await presence.people(chatId, audience.userIds()) };
  }

  #take(details: ChatDetails | undefined): void {
    if (this.#watchers === 0 || !details || areSame(details, this.#current)) return;
    this.#current = details;
    this.#deps.audience.tell(details);
  }

  /** The storage may be back by the next time. */
  #fail(error: unknown): void {
    this.#isStale = true;
    logFeedFailure(this.#deps.log, { chatId: this.#deps.chatId, err: error });
  }
}

function areSame(these: ChatDetails, those: ChatDetails | undefined): boolean {
  return these.name === those?.name && these.members === those.members && these.connected === those.connected;
}
