import { expect, it } from 'vitest';
import { unreadCalls } from '../../../src/domain/reading/calls.ts';

it('counts all unread messages of direct chats, and the unread mentions of other chats', () => {
  expect(unreadCalls([])).toBe(0);
  const direct = { isDirect: true, unread: 3, mentions: 1 };
  const group = { isDirect: false, unread: 40, mentions: 2 };
  expect(unreadCalls([direct])).toBe(3);
  expect(unreadCalls([group])).toBe(2);
  expect(unreadCalls([direct, group, { isDirect: false, unread: 100, mentions: 0 }])).toBe(5);
});
