import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openMemoryStorage } from '../../src/adapters/memory/storage.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { openSqliteStorage } from '../../src/adapters/sqlite/storage.ts';
import type { Actor } from '../../src/application/actor.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { type Revision, revision } from '../../src/domain/chats/chat.ts';
import { DomainError } from '../../src/domain/errors.ts';
import { type Message, textRevision } from '../../src/domain/messages/message.ts';
import { breakable, recordingLog } from '../fakes.ts';
import { PostgresServer } from '../postgres/postgres-server.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { aWorld, type World } from '../use-cases/world.ts';
import { StoppedFollower } from './stopped-follower.ts';

const directory = scratchDirectory('shoal-past-');
let postgres: PostgresServer;
beforeAll(async () => {
  postgres = await PostgresServer.start();
});
afterAll(async () => {
  await postgres.remove();
  rmSync(directory, { recursive: true });
});

let files = 0;
/** How many of the moments are looked at: over a database each costs some reads. */
const storages: readonly (readonly [name: string, looks: number, open: () => Promise<Storage>])[] = [
  ['memory', 1_000, async () => openMemoryStorage()],
  ['SQLite', 150, () => openSqliteStorage(join(directory, `${files++}.db`), recordingLog())],
  ['PostgreSQL', 60, async () => openPostgresStorage(await postgres.emptySchema('past'))],
];

const OPERATIONS = 1_000;
const of = fc.nat({ max: 4 });
const by = fc.nat({ max: 1 });
const words = fc.constantFrom('hello', 'bye @bob', '@ada and @bob', '**bold**', '@ada');

const operation = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('post' as const), by, words, answers: fc.option(of) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('edit' as const), by, of, words }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('react' as const),
      by,
      of,
      emoji: fc.constantFrom('👍', '❤'),
      on: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'restore', 'restore', 'restore'), by, of }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('pin' as const), by, of, on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('erase a version' as const), by, of }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('rename' as const, 'undo', 'pass time') }) },
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** A chat in which something was done, and what was erased. */
class Trial {
  readonly follower = new StoppedFollower();
  readonly erased = new Set<Revision>();
  readonly names = new Map<Revision, string>();
  readonly world: World;
  #heard = 0;
  #done = 0;

  constructor(world: World) {
    this.world = world;
  }

  async take(step: Operation): Promise<void> {
    this.#done += 1;
    await this.#do(step).catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
    const { published } = this.world.broadcast;
    for (const event of published.slice(this.#heard)) this.follower.hear(event);
    this.#heard = published.length;
    const chat = await this.world.storage.view.chats.find(this.world.lobby.id);
    if (chat) this.names.set(chat.revision, chat.name);
  }

  async #do(step: Operation): Promise<unknown> {
    const { useCases, lobby, clock, ada, storage } = this.world;
    switch (step.do) {
      case 'post':
        return useCases.postMessage(this.#actor(step.by), {
          ...{ chatId: lobby.id, text: `${step.words} ${this.#done}` },
          replyTo: step.answers === null ? undefined : (await this.#message(step.answers))?.position,
        });
      case 'rename':
        return useCases.renameChat(ada, { chatId: lobby.id, name: `Lobby ${this.#done}` });
      case 'undo': {
        const [newest] = await storage.view.acts.list(lobby.id, undefined, 1);
        return newest && useCases.undoAct(ada, { chatId: lobby.id, id: newest.act.id });
      }
      case 'pass time':
        return clock.advance(7_000);
      default:
        return this.#change(step);
    }
  }

  async #change(step: Exclude<Operation, { do: 'post' | 'rename' | 'undo' | 'pass time' }>): Promise<unknown> {
    const { useCases } = this.world;
    const message = await this.#message(step.of);
    if (!message) return undefined;
    const [actor, place] = [this.#actor(step.by), { chatId: message.chatId, position: message.position }];
    switch (step.do) {
      case 'edit':
        return useCases.editMessage(actor, { ...place, text: `${step.words} ${this.#done}`, base: message.revision });
      case 'delete':
        return useCases.deleteMessage(actor, place);
      case 'restore':
        return useCases.restoreMessage(actor, place);
      case 'react':
        return useCases.reactToMessage(actor, { ...place, emoji: step.emoji, on: step.on });
      case 'pin':
        return useCases.setPin(actor, { ...place, on: step.on });
      case 'erase a version':
        return this.#eraseVersion(actor, message);
      default:
        return step satisfies never;
    }
  }

  async #eraseVersion(actor: Actor, message: Message): Promise<void> {
    if (message.kind !== 'text') return;
    const [version] = await this.world.storage.view.messages.earlierVersions(message, { limit: 1 });
    if (!version || version.revision === textRevision(message)) return;
    await this.world.useCases.eraseVersion(actor, { ...message, revision: version.revision });
    this.erased.add(version.revision);
  }

  #actor = (index: number): Actor => (index === 0 ? this.world.ada : this.world.bob);

  /** One of the newest five that people wrote: few enough to be changed often. */
  async #message(index: number): Promise<Message | undefined> {
    const newest = await this.world.storage.view.messages.before(this.world.lobby.id, undefined, 20);
    const written = newest.filter(({ kind }) => kind !== 'notice').slice(-5);
    return written[index % Math.max(written.length, 1)];
  }
}

async function pastOf({ useCases, bob, lobby }: World, at: Revision) {
  const messages: Message[] = [];
  for (let before: Revision | undefined; ; before = messages[0]?.position) {
    const page = await useCases.viewPast(bob, { chatId: lobby.id, at, before, limit: 100 });
    messages.unshift(...page.messages);
    if (!page.hasOlder) return { name: page.chat.name, messages };
  }
}

describe.each(storages)('the past on %s', (_name, looks, open) => {
  it(`shows the chat at every revision of ${OPERATIONS} random operations as a follower had it that was stopped there`, {
    timeout: 300_000,
  }, async () => {
    const operations = fc.array(operation, { minLength: OPERATIONS, maxLength: OPERATIONS });
    await fc.assert(
      fc.asyncProperty(operations, async (todo) => {
        const trial = new Trial(await aWorld({}, { storage: breakable(await open()) }));
        for (const step of todo) await trial.take(step);
        const { revisions } = trial.follower;
        const every = Math.ceil(revisions.length / looks);
        for (const at of revisions.filter((_, index) => index % every === 0)) {
          const { name, messages } = await pastOf(trial.world, at);
          expect(messages).toEqual(trial.follower.stoppedAt(at, trial.erased));
          expect(name).toBe(trial.names.get(at) ?? name);
        }
        expect((await pastOf(trial.world, revision(0))).messages).toEqual([]);
        await trial.world.storage.close();
      }),
      { numRuns: Number(process.env.RUNS_TIMES) || 1, endOnFailure: true },
    );
  });
});
