import { describe, expect, it } from 'vitest';
import { BulkTurns } from '../../../src/application/feed/bulk-turns.ts';
import type { MessagesView } from '../../../src/application/ports/messages.ts';
import type { HistoryPage } from '../../../src/application/use-cases/messages/history-page.ts';
import { makeReadHistory } from '../../../src/application/use-cases/messages/read-history.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { textOf } from '../../../src/domain/messages/message.ts';
import { insertMessage } from '../../builders.ts';
import { manualTimer } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';

const read = ({ useCases, bob, lobby }: World, limit: number, before?: number) =>
  useCases.readHistory(bob, { chatId: lobby.id, limit, before: before === undefined ? undefined : revision(before) });

const textsOf = ({ messages }: HistoryPage) => messages.map(textOf);

describe('read-history', () => {
  it('shows a member the newest messages, oldest first, and refuses an outsider', async () => {
    const world = await aWorld();
    await world.say('a', 'b', 'c');
    const page = await read(world, 2);
    expect(textsOf(page)).toEqual(['b', 'c']);
    expect(page).toMatchObject({ revision: 3, hasOlder: true });
    const { useCases, eve, lobby } = world;
    expect(await refusal(useCases.readHistory(eve, { chatId: lobby.id, limit: 2 }))).toBe('forbidden');
    expect(await refusal(useCases.readHistory(eve, { chatId: UNKNOWN_CHAT, limit: 2 }))).toBe('forbidden');
  });

  it('leads page by page to the first message, each message once', async () => {
    const world = await aWorld();
    await world.say('a', 'b', 'c', 'd', 'e');
    const pages = [await read(world, 2), await read(world, 2, 4), await read(world, 2, 2)];
    expect(pages.map(textsOf)).toEqual([['d', 'e'], ['b', 'c'], ['a']]);
    expect(pages.map(({ hasOlder }) => hasOlder)).toEqual([true, true, false]);
    expect(pages.map((page) => page.revision)).toEqual([5, 5, 5]);
  });

  it('knows that there is nothing older when the page is just full', async () => {
    const world = await aWorld();
    await world.say('a', 'b');
    expect(await read(world, 2)).toMatchObject({ hasOlder: false });
  });

  it('is empty before the first message, and in a new chat', async () => {
    const world = await aWorld();
    expect(await read(world, 50)).toEqual({ messages: [], revision: 0, hasOlder: false, hasNewer: false });
    await world.say('a');
    expect(await read(world, 50, 1)).toEqual({ messages: [], revision: 1, hasOlder: false, hasNewer: true });
  });

  it('HT-1: ends a page where its messages weigh 1 MiB as they are sent, and goes on before it', async () => {
    const world = await aWorld();
    // As JSON each is 60 kB.
    const texts = Array.from({ length: 40 }, (_, n) => `${n}`.padEnd(10_000, '\u0001'));
    await world.say(...texts);
    const [latest, earlier, first] = [await read(world, 100), await read(world, 100, 24), await read(world, 100, 7)];
    expect(textsOf(latest)).toEqual(texts.slice(23));
    expect(textsOf(earlier)).toEqual(texts.slice(6, 23));
    expect(textsOf(first)).toEqual(texts.slice(0, 6));
    expect([latest, earlier, first].map(({ hasOlder }) => hasOlder)).toEqual([true, true, false]);
    expect(Buffer.byteLength(JSON.stringify(textsOf(latest)))).toBeLessThan(1024 * 1024);
  });

  it('answers no revision whose message it may lack: what is posted between its reads is in the messages', async () => {
    const { storage, ada, lobby } = await aWorld();
    const { view, unitOfWork } = storage;
    const messages: MessagesView = {
      ...view.messages,
      async before(...page) {
        await unitOfWork.run((store) => insertMessage(store, lobby, ada.user));
        return view.messages.before(...page);
      },
    };
    const readHistory = makeReadHistory({ view: { ...view, messages }, pageTurns: new BulkTurns(manualTimer()) });
    const page = await readHistory(ada, { chatId: lobby.id, limit: 50 });
    expect(page).toMatchObject({ messages: [{ revision: 1 }], revision: 0 });
  });
});
