import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { userId } from '../../../src/domain/ids.ts';
import { tombstone } from '../../../src/domain/messages/changes.ts';
import { mayDelete, mayEdit, mayRestore } from '../../../src/domain/messages/permissions.ts';
import { aChat, aMembership, aMessageIn, aUser, NOW } from '../../builders.ts';

const author = aMembership({ userId: userId(1) });
const owner = aMembership({ userId: userId(2), role: 'owner' });
const other = aMembership({ userId: userId(3) });
const message = aMessageIn(aChat(), aUser({ id: author.userId }));

describe('a message', () => {
  it('is edited by its author alone', () => {
    expect([author, owner, other].map((by) => mayEdit(by, message))).toEqual([true, false, false]);
  });

  it('is deleted by its author and by the owner of the chat', () => {
    expect([author, owner, other].map((by) => mayDelete(by, message))).toEqual([true, true, false]);
  });

  it('is restored by the one who deleted it, also when that is not the author', () => {
    const deletedBy = (by: typeof owner) => tombstone(message, { revision: revision(2), by: by.userId, at: NOW });
    expect([author, owner, other].map((by) => mayRestore(by, deletedBy(owner)))).toEqual([false, true, false]);
    expect([author, owner, other].map((by) => mayRestore(by, deletedBy(author)))).toEqual([true, false, false]);
  });
});
