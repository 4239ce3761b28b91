import type { Chat } from '../../domain/chats/chat.ts';
import { presentUsers } from '../../domain/identity/renaming.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { ChatDetails } from '../ports/follower.ts';
import type { Audience } from './audience.ts';
import { DebouncedRead } from './debounced-read.ts';
import type { ChatFeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';

/** Shortest time between two reads of a chat's details. */
const BETWEEN_MS = 1_000;

interface LiveDetailsDeps extends Pick<ChatFeedDeps, 'view' | 'presence' | 'countOnline' | 'timer' | 'log' | 'names'> {
  readonly chatId: ChatId;
  readonly audience: Audience;
}

/** A chat's details, kept up to date while a follower wants them. */
export class LiveDetails {
  readonly #deps: LiveDetailsDeps;
  readonly #reading: DebouncedRead<ChatDetails | undefined>;
  #watchers = 0;
  #current: ChatDetails | undefined;

  constructor(deps: LiveDetailsDeps) {
    this.#deps = deps;
    this.#reading = new DebouncedRead({
      timer: deps.timer,
      betweenMs: BETWEEN_MS,
      read: () => this.#read(),
      take: (details) => this.#take(details),
      failed: (err) => logFeedFailure(deps.log, { chatId: deps.chatId, err }),
    });
  }

  /** As they were told last; undefined before the first time. */
  get current(): ChatDetails | undefined {
    return this.#current;
  }

  watch(): void {
    this.#watchers += 1;
  }

  unwatch(): void {
    this.#watchers -= 1;
    // They are not kept up to date any more, so the next watcher must not get them.
    if (this.#watchers === 0) this.#current = undefined;
  }

  /** They may have changed. Costs nothing while no follower wants them. */
  changed(): void {
    if (this.#watchers > 0) this.#reading.changed();
  }

  /** Somebody has another name, which is told at once. */
  renamed(): void {
    if (this.#current) this.#take(this.#current);
  }

  async #read(): Promise<ChatDetails | undefined> {
    const { chatId, view } = this.#deps;
    const chat = this.#watchers > 0 ? await view.chats.find(chatId) : undefined;
    if (!chat) return undefined;
    const members = await view.members.count(chatId);
    const people = (await view.chats.people([chatId])).get(chatId);
    return { name: chat.name, people, members, ...rulesOf(chat), connected: await this.#countConnected() };
  }

  /** Only people with a page know of presence: of those who follow the chat elsewhere by other clients there is but a number. */
  async #countConnected(): Promise<number> {
    const { chatId, audience, presence, countOnline } = this.#deps;
    const following = await presence.people(chatId, audience.userIds());
    return Math.max(following, await countOnline(chatId, audience.userIds()));
  }

  #take(read: ChatDetails | undefined): void {
    const details = read && this.#present(read);
    if (this.#watchers === 0 || !details || areSame(details, this.#current)) return;
    this.#current = details;
    this.#deps.audience.tell(details);
  }

  #present(details: ChatDetails): ChatDetails {
    const people = details.people && presentUsers(details.people, this.#deps.names.of);
    return people === details.people ? details : { ...details, people };
  }
}

/** Left out what the chat does not have. */
const rulesOf = ({ slowSeconds, archivedAt, retention }: Chat) => ({
  ...(slowSeconds !== undefined && { slowSeconds }),
  ...(archivedAt !== undefined && { isArchived: true as const }),
  ...(retention && retention.days > 0 && { retentionDays: retention.days }),
  ...(retention && retention.erasedTo > 0 && { erasedTo: retention.erasedTo }),
});

function areSame(these: ChatDetails, those: ChatDetails | undefined): boolean {
  const areNamedAlike = these.people?.every(({ username }, index) => username === those?.people?.[index]?.username);
  return (
    these.name === those?.name &&
    these.members === those.members &&
    these.connected === those.connected &&
    these.slowSeconds === those.slowSeconds &&
    these.isArchived === those.isArchived &&
    these.retentionDays === those.retentionDays &&
    these.erasedTo === those.erasedTo &&
    areNamedAlike !== false
  );
}
