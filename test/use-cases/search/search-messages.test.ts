import { describe, expect, it } from 'vitest';
import { systemTimer } from '../../../src/adapters/system/timer.ts';
import type { Actor } from '../../../src/application/actor.ts';
import { SearchIndexer } from '../../../src/application/search/search-indexer.ts';
import type { Searching } from '../../../src/application/use-cases/search/search-messages.ts';
import { textOf } from '../../../src/domain/messages/message.ts';
import { NOW } from '../../builders.ts';
import { FINDS, FINDS_NOTHING } from '../../search-table.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

const beginningOf = (day: string) => Date.parse(`${day}T00:00:00Z`);

/** A world whose index is brought up to date when the test says so, or never. */
async function aSearchableWorld() {
  const world = await aWorld();
  const { useCases, storage, ada, lobby } = world;
  const search = (by: Actor, query: string, more: Partial<Searching> = {}) =>
    useCases.searchMessages(by, { query, limit: 20, beginningOf, ...more });
  return {
    ...world,
    search,
    find: async (query: string, by = ada, more: Partial<Searching> = {}) =>
      (await search(by, query, more)).hits.map(({ message }) => textOf(message)),
    post: (by: Actor, text: string, more: object = {}) => useCases.postMessage(by, { chatId: lobby.id, text, ...more }),
    async index() {
      const indexer = new SearchIndexer({ ...storage, timer: systemTimer, log: world.log });
      indexer.start();
      await expect.poll(() => storage.view.search.lags({ limit: 1 })).toEqual([]);
      await indexer.stop();
    },
  };
}

describe.each(['before it is indexed', 'once it is indexed'])('search-messages, %s', (when) => {
  const settled = async (world: Awaited<ReturnType<typeof aSearchableWorld>>) =>
    when === 'once it is indexed' ? world.index() : undefined;

  it('finds what each query of a table is to find, and nothing where nothing is', async () => {
    const world = await aSearchableWorld();
    for (const [text] of FINDS) await world.post(world.ada, text);
    await settled(world);
    for (const [text, ...queries] of FINDS)
      for (const query of queries)
        expect([query, await world.find(query, world.bob, { limit: 50 })]).toEqual([
          query,
          expect.arrayContaining([text]),
        ]);
    for (const query of FINDS_NOTHING.filter((one) => one !== "'" && one !== '"'))
      expect([query, await world.find(query)]).toEqual([query, []]);
  });

  it('finds only in chats that the actor is in, and refuses an outsider who names one', async () => {
    const world = await aSearchableWorld();
    const { useCases, ada, bob, eve, lobby, den, search, find, post } = world;
    await post(ada, 'a secret');
    await useCases.postMessage(eve, { chatId: den.id, text: 'another secret' });
    await settled(world);
    expect([await find('secret'), await find('secret', eve)]).toEqual([['a secret'], ['another secret']]);
    expect(await find('secret', ada, { chatId: lobby.id })).toEqual(['a secret']);
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(search(eve, 'secret', { chatId }))).toBe('forbidden');
    await useCases.leaveChat(bob, lobby.id);
    expect(await find('secret', bob)).toEqual([]);
  });

  it('finds an edited message by its new words only, and a deleted one never', async () => {
    const world = await aSearchableWorld();
    const { useCases, ada, find, post } = world;
    const { message } = await post(ada, 'first words');
    const { message: other } = await post(ada, 'other words');
    await settled(world);
    await useCases.editMessage(ada, { ...message, text: 'second words', base: message.revision });
    expect([await find('first'), await find('second')]).toEqual([[], ['second words']]);
    await useCases.deleteMessage(ada, other);
    expect(await find('words')).toEqual(['second words']);
    await useCases.restoreMessage(ada, other);
    await settled(world);
    expect(await find('words')).toEqual(['other words', 'second words']);
  });

  it('understands who wrote it, where, when, what it has and whom it mentions', async () => {
    const world = await aSearchableWorld();
    const { useCases, ada, bob, lobby, find, post, clock } = world;
    const { message: first } = await post(ada, 'first, for @bob');
    clock.advance(86_400_000);
    await post(bob, 'second: https://example.org');
    clock.advance(86_400_000);
    const { message: third } = await post(ada, 'third');
    await useCases.reactToMessage(bob, { ...third, emoji: '👍', on: true });
    await useCases.setPin(bob, { ...first, on: true });
    await settled(world);
    const today = new Date(NOW).toISOString().slice(0, 10);
    const tomorrow = new Date(NOW + 86_400_000).toISOString().slice(0, 10);
    const asked: Record<string, readonly string[]> = {
      'from:BOB': ['second: https://example.org'],
      'from:ada from:bob': ['third', 'second: https://example.org', 'first, for @bob'],
      'from:nobody': [],
      'from:me': ['third', 'first, for @bob'],
      'in:lob third': ['third'],
      'in:den': [],
      'has:link': ['second: https://example.org'],
      'has:reaction': ['third'],
      'has:pin': ['first, for @bob'],
      'has:file': [],
      [`on:${today}`]: ['first, for @bob'],
      [`before:${tomorrow}`]: ['first, for @bob'],
      [`after:${tomorrow}`]: ['third'],
      [`after:${today} before:${today}`]: [],
      'from:ada -third': ['first, for @bob'],
    };
    for (const [query, texts] of Object.entries(asked)) expect([query, await find(query)]).toEqual([query, texts]);
    expect([await find('mentions:me', bob), await find('mentions:me', ada)]).toEqual([['first, for @bob'], []]);
    expect((await world.search(ada, 'in:lobby third')).hits).toMatchObject([{ chat: { id: lobby.id, name: 'Lobby' } }]);
  });

  it('goes on where a page ended, the newest first', async () => {
    const world = await aSearchableWorld();
    for (let n = 0; n < 25; n += 1) {
      await world.post(world.ada, `text ${n}`);
      world.clock.advance(n % 3);
    }
    await settled(world);
    const found: string[] = [];
    for (let after: Searching['after']; ; ) {
      const page = await world.search(world.bob, 'text', { limit: 10, after });
      found.push(...page.hits.map(({ message }) => textOf(message)));
      after = page.next;
      if (after === undefined) break;
    }
    expect(found).toEqual(Array.from({ length: 25 }, (_, n) => `text ${24 - n}`));
  });
});

describe('search-messages', () => {
  it('is complete unless the index lacks much, and finds the newest even then', async () => {
    const world = await aSearchableWorld();
    await world.post(world.ada, 'old');
    for (let n = 0; n < 1_000; n += 1) await world.post(world.ada, `text ${n}`);
    const { hits, isComplete } = await world.search(world.ada, 'text 999');
    expect([hits.length, isComplete]).toEqual([1, false]);
    await world.index();
    expect(await world.search(world.ada, 'old')).toMatchObject({ hits: [{}], isComplete: true });
  });

  it('finds nothing of what was erased with its author, its age or its act', async () => {
    const world = await aSearchableWorld();
    const { useCases, ada, bob, storage, jobWorker, clock, timer } = world;
    const { message } = await world.post(bob, 'going away');
    await world.post(bob, 'of a person');
    await world.index();
    await useCases.deleteMessage(bob, message);
    jobWorker.start();
    clock.advance(60_000);
    await timer.advance(60_000);
    await jobWorker.stop();
    const proposing = {
      chats: [world.lobby.id],
      without: [],
      marks: [],
      since: 0,
      until: NOW * 2,
      after: undefined,
      limit: 9,
    };
    expect(await storage.view.search.propose({ ...proposing, needles: ['going'] })).toEqual([]);
    expect(await world.find('person', ada)).toEqual(['of a person']);
  });
});
