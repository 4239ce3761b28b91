import { describe, expect, it } from 'vitest';
import { assertMember, assertOwner, assertRemovable } from '../../../src/domain/chats/membership.ts';
import { userId } from '../../../src/domain/ids.ts';
import { aMembership } from '../../builders.ts';
import { refusal } from '../refusal.ts';

describe('what is open to members', () => {
  it('is open to every role', () => {
    expect(refusal(() => assertMember(aMembership({ role: 'owner' })))).toBeUndefined();
    expect(refusal(() => assertMember(aMembership({ role: 'member' })))).toBeUndefined();
  });

  it('is forbidden to whoever has no membership', () => {
    expect(refusal(() => assertMember(undefined))).toBe('forbidden');
  });
});

const owner = aMembership({ role: 'owner' });
const member = aMembership({ role: 'member', userId: userId(2) });

describe('what is open to the owner', () => {
  it('is open to no other member', () => {
    expect(refusal(() => assertOwner(owner))).toBeUndefined();
    expect(refusal(() => assertOwner(member))).toBe('forbidden');
  });
});

describe('a member', () => {
  it('is removed by the owner', () => {
    expect(refusal(() => assertRemovable(owner, member))).toBeUndefined();
  });

  it('is not removed by another member, nor told whether somebody is one', () => {
    const other = aMembership({ role: 'member', userId: userId(3) });
    for (const target of [owner, member, other, undefined]) {
      expect(refusal(() => assertRemovable(member, target))).toBe('forbidden');
    }
  });

  it('that is none is not found', () => {
    expect(refusal(() => assertRemovable(owner, undefined))).toBe('not_found');
  });

  it('leaves, instead of removing themselves', () => {
    expect(refusal(() => assertRemovable(owner, owner))).toBe('bad_request');
  });
});
