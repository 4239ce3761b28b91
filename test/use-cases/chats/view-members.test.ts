import { describe, expect, it } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

describe('view-members', () => {
  it('shows a member all of them in the order of their joining, and what the member may do', async () => {
    const { useCases, ada, bob, lobby } = await aWorld();
    const shown = await useCases.viewMembers(bob, { chatId: lobby.id, limit: 10 });
    expect(shown).toMatchObject({ chat: lobby, count: 2, next: undefined });
    expect(shown.you).toEqual({
      role: 'member',
      mayRename: false,
      maySetPicture: false,
      level: 'mentions',
      mutedUntil: null,
      leaving: 'changes_nothing',
    });
    expect(shown.members).toMatchObject([
      { user: ada.user, role: 'owner', mayBeRemoved: false },
      { user: bob.user, role: 'member', mayBeRemoved: false },
    ]);
  });

  it('shows the owner whom they may remove, and that the chat gets another owner when they leave', async () => {
    const { useCases, ada, bob, lobby } = await aWorld();
    const shown = await useCases.viewMembers(ada, { chatId: lobby.id, limit: 10 });
    expect(shown.you).toEqual({
      role: 'owner',
      mayRename: true,
      maySetPicture: true,
      level: 'mentions',
      mutedUntil: null,
      leaving: 'passes_ownership',
    });
    expect(shown.members.map(({ user, mayBeRemoved }) => [user.id, mayBeRemoved])).toEqual([
      [ada.user.id, false],
      [bob.user.id, true],
    ]);
    await useCases.leaveChat(bob, lobby.id);
    expect(await useCases.viewMembers(ada, { chatId: lobby.id, limit: 10 })).toMatchObject({
      you: { leaving: 'closes_chat' },
    });
  });

  it('shows an outsider none, and no such chat', async () => {
    const { useCases, eve, lobby } = await aWorld();
    expect(await refusal(useCases.viewMembers(eve, { chatId: lobby.id, limit: 10 }))).toBe('forbidden');
    expect(await refusal(useCases.viewMembers(eve, { chatId: UNKNOWN_CHAT, limit: 10 }))).toBe('forbidden');
  });

  it('goes on where a page ended, until there are no more', async () => {
    const { useCases, ada, lobby } = await aWorld();
    const first = await useCases.viewMembers(ada, { chatId: lobby.id, limit: 1 });
    expect(first.members.map(({ user }) => user.username)).toEqual(['ada']);
    const second = await useCases.viewMembers(ada, { chatId: lobby.id, after: first.next, limit: 1 });
    expect(second).toMatchObject({ members: [{ user: { username: 'bob' } }], count: 2, next: undefined });
  });

  it('shows the page with a person who was asked for, and says who is no member', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    const asking = (personId: typeof ada.user.id, limit: number) =>
      useCases.viewMembers(ada, { chatId: lobby.id, personId, limit });
    const namesOf = ({ members }: Awaited<ReturnType<typeof asking>>) => members.map(({ user }) => user.username);
    const [short, long] = [await asking(bob.user.id, 1), await asking(bob.user.id, 10)];
    expect([namesOf(short), short.hasPerson]).toEqual([['bob'], true]);
    expect([namesOf(long), long.hasPerson]).toEqual([['ada', 'bob'], true]);
    const outsider = await asking(eve.user.id, 1);
    expect([namesOf(outsider), outsider.hasPerson]).toEqual([['ada'], false]);
  });
});
