import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { makeMemoryPresence } from '../../src/adapters/memory/presence.ts';
import { noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import type { Actor } from '../../src/application/actor.ts';
import { BulkTurns } from '../../src/application/feed/bulk-turns.ts';
import { ChatFeeds } from '../../src/application/feed/chat-feeds.ts';
import { NameNews } from '../../src/application/feed/name-news.ts';
import { PresentNames } from '../../src/application/feed/present-names.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { OpenSessions } from '../../src/application/use-cases/identity/open-sessions.ts';
import { makeDeleteMessage } from '../../src/application/use-cases/messages/delete-message.ts';
import { makeEditMessage } from '../../src/application/use-cases/messages/edit-message.ts';
import { makeFollowChat } from '../../src/application/use-cases/messages/follow-chat.ts';
import { makePostMessage } from '../../src/application/use-cases/messages/post-message.ts';
import { makeRestoreMessage } from '../../src/application/use-cases/messages/restore-message.ts';
import type { Revision } from '../../src/domain/chats/chat.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { anActor, aSessionOf, insertChat, insertUser } from '../builders.ts';
import { manualTimer, noCards, recordingLog, stoppedClock } from '../fakes.ts';
import { RecordingClient } from './recording-client.ts';
import { pass, slowView } from './slow-view.ts';
import { type Fate, UnreliableBroadcast } from './unreliable-broadcast.ts';

/** Where a storage can be closed and opened again with what it held. */
export type Home = () => Promise<Storage>;

/** What befalls broadcasts and reads, by turns, and after how many deliveries each client takes a rest. */
export interface Luck {
  readonly fates: readonly Fate[];
  readonly turns: readonly number[];
  readonly chokes: readonly number[];
}

export type Change = 'edit' | 'edit a stale copy' | 'delete' | 'restore';

/** Two people, a chat, some clients that follow it, and a process that can be restarted under them. */
export class Trial {
  readonly clients: readonly RecordingClient[];
  readonly late = new RecordingClient({ chokesAfter: -1 });
  sent = 0;
  readonly #home: Home;
  readonly #luck: Luck;
  readonly #actors: readonly Actor[];
  readonly #chatId: ChatId;
  #running: Running;
  #works: Promise<unknown>[] = [];
  #edits = 0;
  /** All texts that each message ever had. */
  readonly #texts = new Map<Revision, string[]>();

  private constructor(home: Home, luck: Luck, running: Running, people: { actors: Actor[]; chatId: ChatId }) {
    this.#home = home;
    this.#luck = luck;
    this.#running = running;
    this.#actors = people.actors;
    this.#chatId = people.chatId;
    this.clients = luck.chokes.map((chokesAfter) => new RecordingClient({ chokesAfter }));
  }

  static async begin(home: Home, luck: Luck): Promise<Trial> {
    const running = await start(home, luck);
    const people = await running.storage.unitOfWork.run(async (store) => {
      const users = [await insertUser(store, 'ada'), await insertUser(store, 'bob')];
      for (const user of users) await store.sessions.add(aSessionOf(user));
      const chat = await insertChat(store, 'Lobby', ...users);
      return { actors: users.map((user) => anActor(user)), chatId: chat.id };
    });
    return new Trial(home, luck, running, people);
  }

  /** One message, sent once or, as an impatient client would, twice. It may answer another one. */
  post(sender: number, times: number, replyTo?: number): void {
    const n = this.sent++;
    const text = `message ${n}`;
    const post = { chatId: this.#chatId, text, clientId: `id-${n}`, replyTo };
    for (let time = 0; time < times; time += 1) {
      const posted = this.#running.post(this.#actor(sender), post);
      this.#works.push(posted.then(({ message }) => this.#note(message.position, text)));
    }
  }

  /** An answer to one of the messages that are stored, if there are any. */
  async reply(sender: number, of: number): Promise<void> {
    const messages = await this.#history();
    const original = messages[of % messages.length];
    if (original) this.post(sender, 1, original.position);
  }

  /** The texts that messages had which are deleted now. */
  deletedTexts(history: readonly Message[]): ReadonlySet<string> {
    const gone = history.filter(({ kind }) => kind === 'deleted');
    return new Set(gone.flatMap(({ position }) => this.#texts.get(position) ?? []));
  }

  /** Of one of the messages that are stored, if there are any; what is refused changes nothing. */
  async change(how: Change, { by, of }: { readonly by: number; readonly of: number }): Promise<void> {
    const { edit, remove, restore } = this.#running;
    const messages = await this.#history();
    const message = messages[of % messages.length];
    if (!message) return;
    const actor = this.#actor(by);
    const rewrite = (base: Revision) => {
      const text = `edit ${this.#edits++}`;
      this.#note(message.position, text);
      return edit(actor, { ...message, text, base });
    };
    const changes: Record<Change, () => Promise<unknown>> = {
      edit: () => rewrite(message.revision),
      'edit a stale copy': () => rewrite(message.position),
      delete: () => remove(actor, message),
      restore: () => restore(actor, message),
    };
    this.#works.push(changes[how]().catch(ignoreRefusal));
  }

  follow(client: number): void {
    this.clients[client]?.follow(this.#running.followChat, this.#actor(client), this.#chatId);
  }

  passTime(): void {
    this.#running.timer.advance(10);
  }

  async restart(): Promise<void> {
    for (const client of this.clients) client.drop();
    await this.#settled();
    await this.#running.storage.close();
    this.#running = await start(this.#home, this.#luck);
  }

  /** Everybody comes back and takes all that there is; what is stored then is answered. */
  async end(): Promise<readonly Message[]> {
    for (const index of this.clients.keys()) this.follow(index);
    await pass(this.sent % 5);
    // Somebody hears of the last message, while the others are still being read.
    this.#running.broadcast.isReliable = true;
    this.post(0, 1);
    await this.#settled();
    for (const client of this.clients) {
      client.chokesAfter = -1;
      client.unchoke();
    }
    await this.#settled();
    this.passTime();
    await this.#settled();
    await this.#tellLate();
    const history = await this.#history();
    await this.#running.storage.close();
    return history;
  }

  /** A client that comes when all is said is told everything as it is now. */
  async #tellLate(): Promise<void> {
    this.late.follow(this.#running.followChat, this.#actor(0), this.#chatId);
    await this.late.work;
  }

  #history(): Promise<readonly Message[]> {
    return this.#running.storage.view.messages.before(this.#chatId, undefined, 1_000);
  }

  #note(position: Revision, text: string): void {
    this.#texts.set(position, [...(this.#texts.get(position) ?? []), text]);
  }

  async #settled(): Promise<void> {
    await Promise.all(this.#works);
    await Promise.all(this.clients.map((client) => client.work));
    await pass(40);
  }

  #actor(n: number): Actor {
    const actor = this.#actors[n % this.#actors.length];
    if (!actor) throw new Error('There is nobody in this trial.');
    return actor;
  }
}

type Running = Awaited<ReturnType<typeof start>>;

async function start(home: Home, { fates, turns }: Luck) {
  const storage = await home();
  const timer = manualTimer();
  const broadcast = new UnreliableBroadcast(fates);
  const view = slowView(storage.view, turns);
  const ports = {
    ...storage,
    view,
    broadcast,
    timer,
    log: recordingLog(),
    clock: stoppedClock(),
    presence: makeMemoryPresence(),
    measurements: noMeasurements,
    budgets: noBudgets,
    blobs: makeMemoryBlobs(),
    cardRules: noCards,
  };
  const names = new PresentNames(ports);
  return {
    storage,
    timer,
    broadcast,
    post: makePostMessage(ports),
    edit: makeEditMessage(ports),
    remove: makeDeleteMessage(ports),
    restore: makeRestoreMessage(ports),
    followChat: makeFollowChat({
      ...ports,
      feeds: new ChatFeeds({ ...ports, names, bulkTurns: new BulkTurns(timer), countOnline: async () => 0 }),
      sessions: new OpenSessions(ports),
      nameNews: new NameNews(ports, names),
    }),
  };
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof DomainError)) throw error;
}
