import { describe, expect, it } from 'vitest';
import {
  assertAllowed,
  assertMayRemove,
  mayInvite,
  mayLeave,
  mayPost,
  mayRead,
  mayRemoveMembers,
  mayRename,
} from '../../../src/domain/chats/permissions.ts';
import { userId } from '../../../src/domain/ids.ts';
import { aMembership } from '../../builders.ts';
import { refusal } from '../refusal.ts';

const owner = aMembership({ role: 'owner' });
const member = aMembership({ role: 'member', userId: userId(2) });

describe.each([
  ['read', mayRead],
  ['post', mayPost],
  ['invite', mayInvite],
  ['leave', mayLeave],
])('the permission to %s', (_right, may) => {
  it('is every member’s, whatever their role, and no outsider’s', () => {
    expect(refusal(() => assertAllowed(owner, may))).toBeUndefined();
    expect(refusal(() => assertAllowed(member, may))).toBeUndefined();
    expect(refusal(() => assertAllowed(undefined, may))).toBe('forbidden');
  });
});

describe.each([
  ['rename the chat', mayRename],
  ['remove members', mayRemoveMembers],
])('the permission to %s', (_right, may) => {
  it('is the owner’s and nobody else’s', () => {
    expect(refusal(() => assertAllowed(owner, may))).toBeUndefined();
    expect(refusal(() => assertAllowed(member, may))).toBe('forbidden');
    expect(refusal(() => assertAllowed(undefined, may))).toBe('forbidden');
  });
});

it('a role that only a newer release knows has the rights of a member', () => {
  // As a row of a newer release would be read.
  const moderator = { ...member, role: 'moderator' as 'member' };
  expect([mayPost(moderator), mayRename(moderator)]).toEqual([true, false]);
});

describe('a member', () => {
  it('is removed by the owner', () => {
    expect(refusal(() => assertMayRemove(owner, member))).toBeUndefined();
  });

  it('is not removed by another member, nor by an outsider, who do not learn who is one', () => {
    const other = aMembership({ role: 'member', userId: userId(3) });
    for (const target of [owner, member, other, undefined]) {
      expect(refusal(() => assertMayRemove(member, target))).toBe('forbidden');
      expect(refusal(() => assertMayRemove(undefined, target))).toBe('forbidden');
    }
  });

  it('that is none is not found', () => {
    expect(refusal(() => assertMayRemove(owner, undefined))).toBe('not_found');
  });

  it('leaves, instead of removing themselves', () => {
    expect(refusal(() => assertMayRemove(owner, owner))).toBe('bad_request');
  });
});
