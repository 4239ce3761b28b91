import { beforeEach, expect, it, vi } from 'vitest';
import { InOrder } from '../../src/adapters/redis/in-order.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatEvent } from '../../src/domain/events.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { aChat, aMessageIn, aUser } from '../builders.ts';

let heard: (number | string)[];
let order: InOrder;

beforeEach(() => {
  vi.useFakeTimers();
  heard = [];
  order = new InOrder((event) => heard.push(event.type === 'message_posted' ? event.message.revision : event.type));
  return () => vi.useRealTimers();
});

function take(...revisions: readonly number[]): void {
  for (const position of revisions) {
    const message = aMessageIn(aChat(), aUser(), { position: revision(position) });
    order.take({ type: 'message_posted', message });
  }
}

it('hands on what comes in order at once, and what comes too early after what it waits for', () => {
  take(7, 8, 10, 11, 13);
  expect(heard).toEqual([7, 8]);
  take(9);
  expect(heard).toEqual([7, 8, 9, 10, 11]);
  take(12, 14);
  expect(heard).toEqual([7, 8, 9, 10, 11, 12, 13, 14]);
});

it('what does not come in time is left to who listens, and does not hold up what comes later', () => {
  take(1, 3, 4);
  vi.advanceTimersByTime(50);
  expect(heard).toEqual([1, 3, 4]);
  take(5, 2);
  expect(heard).toEqual([1, 3, 4, 5, 2]);
});

it('holds so many at the most', () => {
  take(1, ...Array.from({ length: 1_001 }, (_, index) => index + 3));
  expect(heard).toHaveLength(1_002);
});

it('events without a revision wait for nothing, and nothing that waits is lost when it ends', () => {
  const left: ChatEvent = { type: 'member_left', chatId: chatId(1), userId: userId(1) };
  take(1, 3);
  order.take(left);
  expect(heard).toEqual([1, 'member_left']);
  order.close();
  expect(heard).toEqual([1, 'member_left', 3]);
});
