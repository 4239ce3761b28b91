import { describe, expect, it } from 'vitest';
import { inviteHandle } from '../../../src/domain/chats/invite.ts';
import { DAY, HOUR } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

/** Ada owns the lobby and Bob is a member; each has made an invite. */
async function twoInvites() {
  const world = await aWorld();
  const { useCases, ada, bob, lobby, clock } = world;
  const adas = await useCases.createInvite(ada, lobby.id, { uses: 1, note: 'for Grace' });
  clock.advance(1);
  const bobs = await useCases.createInvite(bob, lobby.id, { expiresIn: 3_600 });
  const notes = async (actor = ada) =>
    (await useCases.viewInvites(actor, lobby.id)).invites.map(({ invite, by }) => `${by.username}: ${invite.note}`);
  const handleOf = async (username: string) => {
    const found = (await useCases.viewInvites(ada, lobby.id)).invites.find(({ by }) => by.username === username);
    if (!found) throw new Error('There is no such invite.');
    return { chatId: lobby.id, handle: inviteHandle(found.invite) };
  };
  return { ...world, adas, bobs, notes, handleOf };
}

describe('view-invites', () => {
  it('lists to the owner all that work, newest first, to a member their own, and to an outsider none', async () => {
    const { notes, bob, eve, useCases, lobby } = await twoInvites();
    expect(await notes()).toEqual(['bob: ', 'ada: for Grace']);
    expect(await notes(bob)).toEqual(['bob: ']);
    expect(await refusal(useCases.viewInvites(eve, lobby.id))).toBe('forbidden');
    expect(await refusal(useCases.viewInvites(eve, UNKNOWN_CHAT))).toBe('forbidden');
  });

  it('lists none that has expired or is used up', async () => {
    const { notes, useCases, eve, adas, clock } = await twoInvites();
    await useCases.redeemInvite(eve, adas.code);
    expect(await notes()).toEqual(['bob: ']);
    clock.advance(HOUR);
    expect(await notes()).toEqual([]);
  });
});

describe('revoke-invite', () => {
  it('ends an invite of one’s own, and for the owner any, so that it is answered like one that never was', async () => {
    const { useCases, ada, bob, eve, adas, bobs, handleOf, notes } = await twoInvites();
    const [first, second] = [await handleOf('bob'), await handleOf('ada')];
    await useCases.revokeInvite(bob, first);
    await useCases.revokeInvite(ada, second);
    expect(await notes()).toEqual([]);
    const refusals = await Promise.allSettled(
      [bobs.code, adas.code, 'unknown'].map((code) => useCases.redeemInvite(eve, code)),
    );
    expect(new Set(refusals.map((one) => one.status === 'rejected' && String(one.reason))).size).toBe(1);
  });

  it('refuses outsiders, and members who did not make it as if there were none', async () => {
    const { useCases, bob, eve, handleOf, lobby, notes } = await twoInvites();
    const adas = await handleOf('ada');
    expect(await refusal(useCases.revokeInvite(eve, adas))).toBe('forbidden');
    expect(await refusal(useCases.revokeInvite(bob, adas))).toBe('not_found');
    expect(await refusal(useCases.revokeInvite(bob, { chatId: lobby.id, handle: '' }))).toBe('not_found');
    expect(await notes()).toHaveLength(2);
  });
});

describe('redeem-invite: an invite for some people only', () => {
  it('lets in as many as it may of those who come at once, and members do not count', async () => {
    const { useCases, ada, bob, lobby, storage } = await twoInvites();
    const { code } = await useCases.createInvite(ada, lobby.id, { uses: 1 });
    await useCases.redeemInvite(bob, code);
    const people = await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        const from = { address: '192.0.2.1', network: '192.0.2.0/24', deviceName: '', deviceTokens: [] };
        const claim = { username: `guest ${n}`, password: 'correct horse', presentedTokens: [], ...from };
        const identified = await useCases.identifySession((await useCases.authenticate(claim)).token);
        if (!identified) throw new Error('They have just signed in.');
        return identified.actor;
      }),
    );
    const codes = await Promise.all(people.map((actor) => refusal(useCases.redeemInvite(actor, code))));
    expect(codes.filter((one) => one === undefined)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([undefined, 'not_found']));
    expect(await storage.view.members.count(lobby.id)).toBe(3);
  });

  it('ends when its time is over', async () => {
    const { useCases, ada, eve, lobby, clock } = await twoInvites();
    const { code, expiresAt } = await useCases.createInvite(ada, lobby.id, { expiresIn: 30 * 86_400 });
    expect(expiresAt).toBe(clock.now() + 30 * DAY);
    clock.advance(30 * DAY);
    expect(await refusal(useCases.redeemInvite(eve, code))).toBe('not_found');
  });
});
