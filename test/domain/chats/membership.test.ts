import { describe, expect, it } from 'vitest';
import { assertMember } from '../../../src/domain/chats/membership.ts';
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
