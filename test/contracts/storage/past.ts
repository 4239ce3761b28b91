import { expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import type { PastFact } from '../../../src/domain/past/past-fact.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { insertMessage } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

const span = (from: number, until: number | null) => ({
  from: revision(from),
  until: until === null ? null : revision(until),
});

/** What was so of messages. */
export function pastContract(open: OpenStorage): void {
  async function openedWithMessages() {
    const world = await openedWithChat(open);
    const { unitOfWork, view, ada, bob, chat } = world;
    const [message, other] = await unitOfWork.run(async (store) => [
      await insertMessage(store, chat, ada),
      await insertMessage(store, chat, bob),
    ]);
    if (!message || !other) throw new Error('There are two.');
    const add = (fact: PastFact, of = message) => unitOfWork.run((store) => store.past.add(of, fact));
    const factsOf = async (...of: readonly (typeof message)[]) => {
      const found = await view.past.factsOf(
        chat.id,
        of.map(({ position }) => position),
      );
      return of.map(({ position }) => found.get(position));
    };
    return { ...world, message, other, add, factsOf };
  }

  it('keeps facts of every kind, in order of their beginnings, apart for each message', async () => {
    const { ada, bob, message, other, add, factsOf } = await openedWithMessages();
    const facts: readonly PastFact[] = [
      { kind: 'mentions', ...span(1, 5), mentions: [] },
      { kind: 'reaction', ...span(3, 4), emoji: emoji('👍'), user: bob },
      { kind: 'erased_text', ...span(5, 6) },
      {
        ...{ kind: 'mentions', ...span(6, 8) },
        mentions: [
          { userId: bob.id, name: 'Bob' },
          { userId: ada.id, name: 'ada' },
        ],
      },
      { kind: 'deletion', ...span(9, 10), by: ada.id, at: 7 },
      { kind: 'pin', ...span(11, null), by: bob.id, at: 8 },
    ];
    for (const fact of facts.toReversed()) await add(fact);
    await add({ kind: 'erased_text', ...span(2, 7) }, other);
    expect(await factsOf(message, other)).toEqual([facts, [{ kind: 'erased_text', ...span(2, 7) }]]);
  });

  it('answers nothing for messages without facts, and for none', async () => {
    const { message, factsOf } = await openedWithMessages();
    expect(await factsOf(message)).toEqual([undefined]);
    expect(await factsOf()).toEqual([]);
  });

  it('ends the pin that lasts, and no other', async () => {
    const { unitOfWork, ada, message, add, factsOf } = await openedWithMessages();
    const end = (until: number) => unitOfWork.run((store) => store.past.endPin(message, revision(until)));
    await end(2);
    await add({ kind: 'pin', ...span(3, null), by: ada.id, at: 7 });
    await end(4);
    await end(5);
    expect(await factsOf(message)).toEqual([[{ kind: 'pin', ...span(3, 4), by: ada.id, at: 7 }]]);
  });

  it('refuses a fact of the same kind and beginning, and facts of no message', async () => {
    const { message, add } = await openedWithMessages();
    await add({ kind: 'erased_text', ...span(1, 2) });
    await expect(add({ kind: 'erased_text', ...span(1, 3) })).rejects.toThrow();
    await expect(add({ kind: 'erased_text', ...span(1, 2) }, { ...message, position: revision(9) })).rejects.toThrow();
  });

  it('removes all facts of a message, and with a range of messages', async () => {
    const { unitOfWork, chat, message, other, add, factsOf } = await openedWithMessages();
    for (const of of [message, other]) await add({ kind: 'erased_text', ...span(1, 2) }, of);
    await unitOfWork.run((store) => store.past.removeAll(message));
    expect((await factsOf(message, other)).map((facts) => facts?.length)).toEqual([undefined, 1]);
    const range = { after: message.position, through: other.position };
    await unitOfWork.run((store) => store.messages.removeRange(chat.id, range));
    expect(await factsOf(other)).toEqual([undefined]);
  });

  it('forgets the mentions of a person, and their reactions if that is asked', async () => {
    const { unitOfWork, ada, bob, message, add, factsOf } = await openedWithMessages();
    const reaction: PastFact = { kind: 'reaction', ...span(2, 3), emoji: emoji('👍'), user: bob };
    const hers: PastFact = { ...reaction, ...span(4, 5), user: ada };
    const mentions = [
      { userId: bob.id, name: 'bob' },
      { userId: ada.id, name: 'ada' },
    ];
    for (const fact of [{ kind: 'mentions', ...span(1, 6), mentions } as const, reaction, hers]) await add(fact);
    await unitOfWork.run((store) => store.past.forgetPerson(bob.id, { reactions: false }));
    const left: PastFact = { kind: 'mentions', ...span(1, 6), mentions: mentions.slice(1) };
    expect(await factsOf(message)).toEqual([[left, reaction, hers]]);
    await unitOfWork.run((store) => store.past.forgetPerson(bob.id, { reactions: true }));
    expect(await factsOf(message)).toEqual([[left, hers]]);
  });
}
