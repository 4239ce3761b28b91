import type { ChatId } from '../../domain/ids.ts';
import { SEARCH_VERSION, searchable } from '../../domain/search/searched-message.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Log } from '../ports/log.ts';
import type { MessagesView } from '../ports/messages.ts';
import type { IndexedChanges, Lag } from '../ports/search.ts';
import type { StoreView } from '../ports/store.ts';
import type { Timer } from '../ports/timer.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';

/** Messages that are indexed in one unit of work: few, since posts wait for it. */
const BATCH = 64;
/** How long changes gather before they are indexed. What is not indexed yet is found all the same. */
const GATHER_MS = 1_000;
/** Interval at which it looks for changes that it was not told of: of other instances, of a process that died, of a new index. */
const LOOK_MS = 10_000;
/** Rest after a failure. */
const FAILURE_REST_MS = 5_000;
/** The rest after a batch, as a multiple of the time that it took: while people write it takes a twentieth of the time. */
const REST = { busy: 19, idle: 1 } as const;

interface Deps {
  readonly view: StoreView;
  readonly unitOfWork: UnitOfWork;
  readonly timer: Timer;
  readonly log: Log;
}

/**
 * Brings the search index up to date, in the background. Posts do not wait for it and write nothing for it: indexing a message takes about as long as
 * posting it. How far the index has come is stored, so that nothing is missed, whatever happens to the process.
 */
export class SearchIndexer {
  readonly #deps: Deps;
  readonly #changed = new Set<ChatId>();
  #state: 'new' | 'started' | 'stopping' = 'new';
  #notes = 0;
  #notesBefore = 0;
  #nextLook = 0;
  #run: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** A chat has changed. */
  note(chatId: ChatId): void {
    this.#notes += 1;
    this.#changed.add(chatId);
  }

  start(): void {
    this.#state = 'started';
    this.#run = this.#work();
  }

  /** Resolves when the running batch has ended. */
  async stop(): Promise<void> {
    this.#state = 'stopping';
    this.#wake();
    await this.#run;
  }

  async #work(): Promise<void> {
    let isSettled = false;
    while (this.#state === 'started') {
      try {
        if (!isSettled) await this.#settle();
        isSettled = true;
        await this.#round();
      } catch (error) {
        this.#deps.log.warn(
          { event: 'search_index_failed', err: error },
          'messages could not be indexed; they are later',
        );
        await this.#rest(FAILURE_REST_MS);
      }
    }
  }

  async #settle(): Promise<void> {
    const { unitOfWork, log } = this.#deps;
    const isNew = await unitOfWork.run(({ search }) => search.settle(SEARCH_VERSION));
    if (isNew) log.info({ event: 'search_index_begun' }, 'the search index is made from the messages');
  }

  /** One batch of each chat that has changed, with rests between them. */
  async #round(): Promise<void> {
    const { timer } = this.#deps;
    if (this.#changed.size === 0 && timer.elapsed() >= this.#nextLook) await this.#look();
    for (const chatId of [...this.#changed]) {
      if (this.#state !== 'started') return;
      const began = timer.elapsed();
      if (!(await this.#indexSome(chatId))) this.#changed.delete(chatId);
      await this.#rest((timer.elapsed() - began) * (this.#isBusy() ? REST.busy : REST.idle));
    }
    if (this.#changed.size === 0) await this.#rest(GATHER_MS);
  }

  /** Whether anything has changed since it was asked last: while a batch is written, posts wait for it, and none is noted. */
  #isBusy(): boolean {
    const isBusy = this.#notes !== this.#notesBefore;
    this.#notesBefore = this.#notes;
    return isBusy;
  }

  async #look(): Promise<void> {
    const lags = await this.#deps.view.search.lags({ limit: 100 });
    for (const { chatId } of lags) this.#changed.add(chatId);
    if (lags.length === 0) this.#nextLook = this.#deps.timer.elapsed() + LOOK_MS;
  }

  /** Answers whether there is more to index in the chat. */
  async #indexSome(chatId: ChatId): Promise<boolean> {
    // Read and written in one unit: what was erased in between would come back.
    return this.#deps.unitOfWork.run(async (store) => {
      const [lag] = await store.search.lags({ chats: [chatId] });
      if (!lag) return false;
      const { changes, isMore } = await nextChanges(store, lag, BATCH);
      await store.search.index(changes);
      return isMore;
    });
  }

  async #rest(ms: number): Promise<void> {
    if (this.#state !== 'started') return;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#deps.timer.after(ms, resolve);
    });
  }
}

/** The first changes of a chat that the index lacks. */
export async function nextChanges(
  { messages }: { readonly messages: Pick<MessagesView, 'changedAfter'> },
  { chatId, indexedTo, revision }: Lag,
  limit: number,
): Promise<{ readonly changes: IndexedChanges; readonly isMore: boolean }> {
  const changed = await messages.changedAfter(chatId, indexedTo, limit);
  const last = changed.at(-1)?.revision ?? revision;
  const isMore = changed.length === limit;
  const to = isMore || last > revision ? last : revision;
  const all = changed.map((message) => ({
    ...{ position: message.position, sentAt: message.sentAt },
    searchable: searchable(message),
  }));
  return { changes: { chatId, from: indexedTo, to, messages: all }, isMore };
}

/** The broadcast, which tells of each chat that changes. */
export function noticeChanges(broadcast: Broadcast, note: (chatId: ChatId) => void): Broadcast {
  return {
    publishToChat(chatId, event) {
      note(chatId);
      broadcast.publishToChat(chatId, event);
    },
    publishToUser: (userId, event) => broadcast.publishToUser(userId, event),
    publishPresence: (event) => broadcast.publishPresence(event),
    subscribeToChat: (chatId, listen) => broadcast.subscribeToChat(chatId, listen),
    subscribeToUser: (userId, listen) => broadcast.subscribeToUser(userId, listen),
    subscribeToPresence: (listen) => broadcast.subscribeToPresence(listen),
  };
}
