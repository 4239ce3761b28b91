import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { readLimits } from '../../../src/composition/limits.ts';
import { type Mistakes, SoftwareAuthenticator } from '../../software-authenticator.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const MINUTE = 60_000;
const SITE = { id: 'chat.example.org', origin: 'https://chat.example.org' };
const ADDRESS = '192.0.2.1';
const PHONE = { presentedTokens: [], deviceName: 'Safari on iPhone', deviceTokens: [], address: ADDRESS };
const LIMITED = { rates: { ...readLimits({}).rates } };

async function add({ useCases }: World, actor: Actor, authenticator: SoftwareAuthenticator, name = 'Phone') {
  const { challenge, handle } = await useCases.beginPasskey(actor);
  const answer = authenticator.create({ challenge, rp: SITE, user: { id: handle } }, SITE.origin);
  return useCases.addPasskey(actor, { answer, name, site: SITE });
}

async function withPasskey(rules: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(rules);
  const authenticator = new SoftwareAuthenticator();
  await add(world, world.ada, authenticator);
  const { useCases } = world;
  return {
    ...world,
    authenticator,
    async signIn(by = authenticator, mistakes: Mistakes = {}) {
      const { challenge, ticket } = await useCases.beginPasskeySignIn({ ticket: undefined, address: ADDRESS });
      const answer = by.get({ challenge, rpId: SITE.id }, SITE.origin, mistakes);
      return useCases.signInByPasskey({ answer, site: SITE, ticket, ...PHONE });
    },
    async confirm(actor: Actor) {
      const { challenge } = await useCases.beginPasskeyConfirmation(actor);
      const answer = authenticator.get({ challenge, rpId: SITE.id }, SITE.origin);
      return useCases.confirmByPasskey(actor, { answer, site: SITE, address: ADDRESS });
    },
  };
}

describe('begin-passkey', () => {
  it('names those that are known, so that no device makes a second one', async () => {
    const { useCases, ada, bob, authenticator } = await withPasskey();
    const begun = await useCases.beginPasskey(ada);
    expect(begun.known.map(({ id }) => id)).toEqual([authenticator.id]);
    expect((await useCases.beginPasskey(bob)).handle).not.toBe(begun.handle);
  });

  it('is refused to an outsider with the session alone, ten minutes after it began', async () => {
    const { useCases, ada, clock } = await withPasskey();
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.beginPasskey(ada))).toBe('confirmation_needed');
  });
});

describe('add-passkey', () => {
  it('ends no session, and is noted', async () => {
    const { useCases, ada } = await withPasskey();
    expect(await useCases.viewSessions(ada)).toHaveLength(1);
    expect((await useCases.viewPasskeys(ada)).lastChange).toMatchObject({ kind: 'added', name: 'Phone' });
  });

  it('takes twenty of one person, however many come at once', async () => {
    const world = await withPasskey();
    const tries = Array.from({ length: 25 }, () =>
      refusal(add(world, world.ada, new SoftwareAuthenticator('Ed25519'))),
    );
    const answers = await Promise.all(tries);
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(19);
    expect((await world.useCases.viewPasskeys(world.ada)).passkeys).toHaveLength(20);
  });

  it('is refused to an outsider: for a challenge of another session, and for a passkey of somebody else', async () => {
    const world = await withPasskey();
    const { challenge, handle } = await world.useCases.beginPasskey(world.ada);
    const answer = new SoftwareAuthenticator().create({ challenge, rp: SITE, user: { id: handle } }, SITE.origin);
    expect(await refusal(world.useCases.addPasskey(world.eve, { answer, name: 'x', site: SITE }))).toBe(
      'invalid_passkey',
    );
    expect(await refusal(add(world, world.eve, world.authenticator))).toBe('invalid_passkey');
    expect((await world.useCases.viewPasskeys(world.eve)).passkeys).toEqual([]);
  });
});

describe('view-passkeys', () => {
  it('shows people their own, and an outsider nothing of them', async () => {
    const { useCases, ada, eve } = await withPasskey();
    expect((await useCases.viewPasskeys(ada)).passkeys).toMatchObject([{ name: 'Phone', usedAt: null }]);
    expect(await useCases.viewPasskeys(eve)).toEqual({ passkeys: [], lastChange: undefined, isConfirmed: true });
  });
});

describe('rename-passkey', () => {
  it('does not exist for an outsider', async () => {
    const { useCases, ada, eve, authenticator } = await withPasskey();
    expect(await refusal(useCases.renamePasskey(eve, { id: authenticator.id, name: 'mine' }))).toBe('not_found');
    await useCases.renamePasskey(ada, { id: authenticator.id, name: 'Key' });
    expect((await useCases.viewPasskeys(ada)).passkeys).toMatchObject([{ name: 'Key' }]);
  });
});

describe('remove-passkey', () => {
  it('leaves the password and the sessions that it began', async () => {
    const { useCases, ada, authenticator, signIn } = await withPasskey();
    const { token } = await signIn();
    await useCases.removePasskey(ada, authenticator.id);
    expect(await refusal(signIn())).toBe('wrong_passkey');
    expect((await useCases.identifySession(token))?.actor.user).toEqual(ada.user);
    expect((await useCases.viewPasskeys(ada)).lastChange).toMatchObject({ kind: 'removed', name: 'Phone' });
  });

  it('does not exist for an outsider, and needs a confirmation', async () => {
    const { useCases, ada, eve, clock, authenticator } = await withPasskey();
    expect(await refusal(useCases.removePasskey(eve, authenticator.id))).toBe('not_found');
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.removePasskey(ada, authenticator.id))).toBe('confirmation_needed');
  });
});

describe('begin-passkey-confirmation', () => {
  it('names the own passkeys, and to an outsider none of them', async () => {
    const { useCases, ada, eve, authenticator } = await withPasskey();
    expect((await useCases.beginPasskeyConfirmation(ada)).passkeys.map(({ id }) => id)).toEqual([authenticator.id]);
    expect((await useCases.beginPasskeyConfirmation(eve)).passkeys).toEqual([]);
  });
});

describe('confirm-by-passkey', () => {
  it('lets the session change how the account is signed in to, for ten minutes', async () => {
    const { useCases, ada, clock, confirm } = await withPasskey();
    clock.advance(60 * MINUTE);
    await confirm(ada);
    await useCases.beginTwoStep(ada);
    clock.advance(10 * MINUTE);
    expect(await refusal(useCases.beginTwoStep(ada))).toBe('confirmation_needed');
  });

  it('takes no passkey of an outsider', async () => {
    const { useCases, eve, clock, confirm } = await withPasskey();
    clock.advance(60 * MINUTE);
    expect(await refusal(confirm(eve))).toBe('wrong_passkey');
    expect(await refusal(useCases.beginTwoStep(eve))).toBe('confirmation_needed');
  });
});

describe('begin-passkey-sign-in', () => {
  it('keeps the ticket of a browser, and tells an outsider nothing but a random number', async () => {
    const { useCases } = await withPasskey();
    const first = await useCases.beginPasskeySignIn({ ticket: undefined, address: ADDRESS });
    const second = await useCases.beginPasskeySignIn({ ticket: first.ticket, address: ADDRESS });
    expect([second.ticket, second.challenge === first.challenge]).toEqual([first.ticket, false]);
    expect(Object.keys(first).toSorted()).toEqual(['challenge', 'ticket']);
  });

  it('is limited by address', async () => {
    const { useCases } = await aWorld(LIMITED);
    const ask = (address: string) => refusal(useCases.beginPasskeySignIn({ ticket: undefined, address }));
    for (let count = 0; count < 60; count += 1) expect(await ask(ADDRESS)).toBeUndefined();
    expect([await ask(ADDRESS), await ask('198.51.100.1')]).toEqual(['too_many_requests', undefined]);
  });
});

describe('sign-in-by-passkey', () => {
  it('begins a session as any sign-in does, and remembers the browser', async () => {
    const { useCases, ada, signIn } = await withPasskey();
    const { user, token, isNew, deviceTokens } = await signIn();
    expect([user, isNew, deviceTokens.length]).toEqual([ada.user, false, 1]);
    expect((await useCases.identifySession(token))?.actor.user).toEqual(ada.user);
    expect(await useCases.viewSessions(ada)).toMatchObject([{ isCurrent: true }, { device: 'Safari on iPhone' }]);
  });

  it('tells outsiders nothing: unknown, removed, on hold and of a deactivated account look alike', async () => {
    const { ada, clock, storage, signIn } = await withPasskey();
    const sentence = (by?: SoftwareAuthenticator) => signIn(by).catch((error: Error) => error.message);
    const unknown = await sentence(new SoftwareAuthenticator());
    const { id } = ada.user;
    await storage.unitOfWork.run(({ passkeys }) => passkeys.setHeld(id, clock.now()));
    expect(await sentence()).toBe(unknown);
    await storage.unitOfWork.run(({ passkeys }) => passkeys.setHeld(id, null));
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(id, clock.now()));
    expect(await sentence()).toBe(unknown);
    await storage.unitOfWork.run(({ administration }) => administration.setDeactivated(id, null));
    expect((await signIn()).user).toEqual(ada.user);
  });

  it('counts wrong answers as wrong passwords are, by passkey and address, and right ones not', async () => {
    const { signIn } = await withPasskey(LIMITED);
    for (let count = 0; count < 8; count += 1) await signIn();
    const stranger = new SoftwareAuthenticator();
    for (let count = 0; count < 5; count += 1) expect(await refusal(signIn(stranger))).toBe('wrong_passkey');
    expect(await refusal(signIn(stranger))).toBe('too_many_requests');
    await signIn();
  });

  it('leaves a counter that went back as it was', async () => {
    const { useCases, ada, signIn, authenticator } = await withPasskey();
    await signIn(authenticator, { counter: 9 });
    expect(await refusal(signIn(authenticator, { counter: 9 }))).toBe('wrong_passkey');
    const both = ['a', 'b'].map(() => refusal(signIn(authenticator, { counter: 10 })));
    expect((await Promise.all(both)).toSorted()).toEqual(['wrong_passkey', undefined]);
    expect((await useCases.viewPasskeys(ada)).passkeys).toHaveLength(1);
  });
});
