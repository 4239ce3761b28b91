import { expect, it } from 'vitest';
import { chatName } from '../../../src/domain/chats/chat.ts';
import { NOTICES } from '../../../src/domain/messages/notices.ts';
import { aUsername } from '../../builders.ts';

const [ada, bob] = [aUsername('ada'), aUsername('bob')];

it('names who did what to whom', () => {
  expect([
    NOTICES.joined(bob),
    NOTICES.left(bob),
    NOTICES.removed(ada, bob),
    NOTICES.inherited(bob),
    NOTICES.renamed(ada, chatName('Harbour')),
  ]).toEqual([
    'bob joined',
    'bob left',
    'ada removed bob',
    'bob is the owner now',
    'ada renamed the chat to “Harbour”',
  ]);
});

it('has room for the longest names', () => {
  expect(NOTICES.renamed(aUsername('🐟'.repeat(32)), chatName('🐟'.repeat(80)))).toContain('renamed');
});
