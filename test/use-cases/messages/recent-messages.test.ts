import { expect, it } from 'vitest';
import { RecentMessages } from '../../../src/application/feed/recent-messages.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { chatId, userId } from '../../../src/domain/ids.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import type { ReactionsChange } from '../../../src/domain/reactions/reactions-change.ts';
import { aChat, aMessageIn, aUser, aUsername } from '../../builders.ts';

const people = Array.from({ length: 20 }, (_, index) =>
  aUser({ id: userId(index + 1), username: aUsername(`u${index}`) }),
);
const tallies = Array.from({ length: 20 }, (_, index) => {
  return { emoji: emoji(String.fromCodePoint(0x1f600 + index)), count: 20, users: people };
});

const reacted = (position: number, at: number): ReactionsChange => ({
  kind: 'reactions',
  chatId: chatId(1),
  position: revision(position),
  revision: revision(at),
  reactions: tallies,
});

it('keeps fewer changes where they name many people who reacted, as where texts are long', () => {
  const recent = new RecentMessages();
  recent.startAfter(revision(0));
  for (let n = 1; n <= 100; n += 1) recent.add(reacted(n, n));
  expect(recent.after(revision(50))).toBeUndefined();
  expect(recent.after(revision(95))?.map((change) => change.revision)).toEqual([96, 97, 98, 99, 100]);
});

it('forgets what a message took once it has other reactions, so that a message changed again and again pushes out no other', () => {
  const recent = new RecentMessages();
  recent.startAfter(revision(0));
  const [ada, chat] = [aUser(), aChat()];
  for (let n = 1; n <= 20; n += 1) recent.add(aMessageIn(chat, ada, { position: revision(n) }));
  for (let n = 21; n <= 1_000; n += 1) recent.add(reacted(20, n));
  const changes = recent.after(revision(0));
  expect(changes?.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  expect(changes?.at(-1)).toMatchObject({ kind: 'text', revision: 1_000, reactions: tallies });
});

it('keeps fewer messages where they mention many people', () => {
  const recent = new RecentMessages();
  recent.startAfter(revision(0));
  const mentions = people.flatMap(({ id: userId }) => Array.from({ length: 25 }, () => ({ userId, name: 'all' })));
  for (let n = 1; n <= 100; n += 1)
    recent.add({ ...aMessageIn(aChat(), aUser(), { position: revision(n) }), mentions });
  expect(recent.after(revision(50))).toBeUndefined();
  expect(recent.after(revision(98))).toHaveLength(2);
});
