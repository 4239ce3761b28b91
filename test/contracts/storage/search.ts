import { expect, it } from 'vitest';
import type { Proposing } from '../../../src/application/ports/search.ts';
import type { Store } from '../../../src/application/ports/store.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { searchQuery } from '../../../src/domain/search/search-query.ts';
import { authorMark, mentionMark, searchable } from '../../../src/domain/search/searched-message.ts';
import { insertChat, insertMessage, NOW } from '../../builders.ts';
import { FINDS } from '../../search-table.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

/** The search index. */
export function searchContract(open: OpenStorage): void {
  async function openedWithTexts(...texts: readonly string[]) {
    const world = await openedWithChat(open);
    const { unitOfWork, view, ada, chat } = world;
    const messages: Message[] = [];
    await unitOfWork.run(async (store) => {
      for (const [index, text] of texts.entries()) {
        const message = await insertMessage(store, chat, ada, { text: messageBody(text), sentAt: NOW + index });
        messages.push(message);
        await put(store, message);
      }
    });
    const proposing = {
      chats: [chat.id],
      needles: [],
      without: [],
      marks: [],
      since: 0,
      until: NOW * 2,
      after: undefined,
      limit: 100,
    };
    const propose = async (query: string, more: Partial<Proposing> = {}) => {
      const found = await view.search.propose({ ...proposing, needles: searchQuery(query).needles, ...more });
      return found.map(({ position }) => texts[position - 1]);
    };
    const places = (more: Partial<Proposing>) => view.search.propose({ ...proposing, ...more });
    return { ...world, messages, propose, places };
  }

  const put = (store: Store, message: Message) => store.search.set(message, searchable(message));

  it('proposes what each query of a table is to find', async () => {
    const { propose } = await openedWithTexts(...FINDS.map(([text]) => text));
    for (const [text, ...queries] of FINDS)
      for (const query of queries)
        expect([query, await propose(query)]).toEqual([query, expect.arrayContaining([text])]);
  });

  it('proposes nothing for what no text has, however it is spelled', async () => {
    const { propose } = await openedWithTexts('one two', 'three');
    for (const query of [
      'four',
      'one three',
      'wot',
      'two one*',
      'qz',
      '" OR "1"="1',
      "'",
      '\\',
      'NOT one four',
      '(',
      '%',
      '_',
    ])
      expect([query, await propose(query)]).toEqual([query, []]);
  });

  it('proposes the newest first, page after page, of one millisecond too', async () => {
    const { unitOfWork, view, chat, ada, places, messages } = await openedWithTexts('old', 'new');
    const same = await unitOfWork.run(async (store) => {
      const other = await insertChat(store, 'Other', ada);
      // Both are the third of their chat, and would have the same place.
      for (let n = 0; n < 2; n += 1) await insertMessage(store, other, ada);
      const added = [];
      for (const of of [chat, other]) {
        const message = await insertMessage(store, of, ada, { sentAt: NOW + 5 });
        added.push(message);
        await put(store, message);
      }
      return { other, added };
    });
    const chats = [chat.id, same.other.id];
    const all = await places({ chats });
    expect(all.map(({ chatId, position }) => `${chatId}/${position}`)).toEqual(
      [same.added[1], same.added[0], messages[1], messages[0]].map((one) => `${one?.chatId}/${one?.position}`),
    );
    const paged = [];
    for (let after: (typeof all)[number] | undefined; ; ) {
      const [next] = await places({ chats, limit: 1, after: after?.place });
      if (!next) break;
      paged.push(next);
      after = next;
    }
    expect(paged).toEqual(all);
    expect(await view.search.lags({ chats: [] })).toEqual([]);
  });

  it('proposes only what was sent within the time, in these chats, and with one of each list of marks', async () => {
    const { unitOfWork, chat, ada, bob, propose, places } = await openedWithTexts('one', 'two', 'three');
    expect(await propose('', { since: NOW + 1, until: NOW + 2 })).toEqual(['two']);
    expect(await propose('', { marks: [[authorMark(bob.id)]] })).toEqual([]);
    expect(await propose('', { marks: [[authorMark(bob.id), authorMark(ada.id)]] })).toEqual(['three', 'two', 'one']);
    expect(await propose('e', { without: ['thr'] })).toEqual(['one']);
    expect(await propose('t', { marks: [[authorMark(ada.id)], [mentionMark(bob.id)]] })).toEqual([]);
    const elsewhere = await unitOfWork.run(async (store) => insertChat(store, 'Other', ada));
    expect(await places({ chats: [elsewhere.id] })).toEqual([]);
    const many = Array.from({ length: 300 }, (_, index) => (elsewhere.id + index) as typeof chat.id);
    expect(await propose('e', { chats: [...many, chat.id] })).toEqual(['three', 'one']);
    expect(await propose('', { chats: [...many, chat.id] })).toHaveLength(3);
  });

  it('finds short needles among many texts, also where only an old one has them', async () => {
    const texts = ['the qz of old', ...Array.from({ length: 2_100 }, (_, index) => `text ${index}`)];
    const { propose } = await openedWithTexts(...texts);
    expect(await propose('qz')).toEqual(['the qz of old']);
    expect(await propose('te', { limit: 2 })).toEqual(['text 2099', 'text 2098']);
  });

  it('has a message as it was set last, in its place, and one that was taken out no more', async () => {
    const { unitOfWork, propose, places, messages } = await openedWithTexts('one', 'two');
    const [first] = messages;
    if (first?.kind !== 'text') throw new Error('It is a text.');
    const before = await places({});
    await unitOfWork.run((store) => put(store, { ...first, text: messageBody('uno') }));
    expect([await propose('one'), await propose('uno')]).toEqual([[], ['one']]);
    expect(await places({})).toEqual(before);
    await unitOfWork.run((store) => store.search.set(first, undefined));
    await unitOfWork.run((store) => store.search.set(first, undefined));
    expect([await propose('uno'), await propose('')]).toEqual([[], ['two']]);
    await unitOfWork.run((store) =>
      store.search.removeRange(first.chatId, { after: revision(0), through: revision(2) }),
    );
    expect(await propose('')).toEqual([]);
  });

  it('takes in no message that is gone: what was erased meanwhile must not come back', async () => {
    const { unitOfWork, messages, propose } = await openedWithTexts('one', 'two');
    const [first] = messages;
    if (!first) throw new Error('There are two.');
    await unitOfWork.run(async (store) => {
      await store.search.removeRange(first.chatId, { after: revision(0), through: first.position });
      await store.messages.removeRange(first.chatId, { after: revision(0), through: first.position });
    });
    await expect(unitOfWork.run((store) => put(store, first))).rejects.toThrow();
    expect(await propose('')).toEqual(['two']);
  });

  it('tells which chats have changes that it lacks, and takes changes only from where it is', async () => {
    const { unitOfWork, view, chat, ada, messages, propose } = await openedWithTexts('one', 'two');
    const lags = () => view.search.lags({ limit: 9 });
    const lag = { chatId: chat.id, indexedTo: 0, revision: 2 };
    expect([await lags(), await view.search.lags({ chats: [chat.id] })]).toEqual([[lag], [lag]]);
    const index = (from: number, to: number, changed: readonly Message[]) =>
      unitOfWork.run((store) =>
        store.search.index({
          ...{ chatId: chat.id, from: revision(from), to: revision(to) },
          messages: changed.map((message) => ({ ...message, searchable: searchable(message) })),
        }),
      );
    expect(await index(1, 2, messages)).toBe(false);
    expect(await index(0, 1, messages.slice(0, 1))).toBe(true);
    expect(await index(0, 2, messages)).toBe(false);
    expect(await lags()).toEqual([{ ...lag, indexedTo: 1 }]);
    expect(await index(1, 2, messages.slice(1))).toBe(true);
    expect(await lags()).toEqual([]);
    const third = await unitOfWork.run((store) => insertMessage(store, chat, ada, { text: messageBody('three') }));
    expect(await lags()).toEqual([{ chatId: chat.id, indexedTo: 2, revision: 3 }]);
    await index(2, 3, [third]);
    expect(await propose('three')).toHaveLength(1);
  });

  it('is emptied once for each version', async () => {
    const { unitOfWork, view, chat, propose } = await openedWithTexts('one');
    const settle = (version: number) => unitOfWork.run((store) => store.search.settle(version));
    expect([await settle(1), await settle(1), await settle(2)]).toEqual([true, false, true]);
    expect(await propose('')).toEqual([]);
    expect(await view.search.lags({ limit: 1 })).toEqual([{ chatId: chat.id, indexedTo: 0, revision: 1 }]);
  });
}
