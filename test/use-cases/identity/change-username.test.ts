import { describe, expect, it } from 'vitest';
import type { PresenceEvent } from '../../../src/domain/events.ts';
import { aUsernameKey, NOW } from '../../builders.ts';
import { DAY } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

const PASSWORD = 'correct horse';
const FROM = { address: '192.0.2.1', network: '192.0.2.0/24' };

const signIn = ({ useCases }: World, username: string, password = PASSWORD) =>
  useCases.authenticate({ ...FROM, username, password, presentedTokens: [], deviceName: '', deviceTokens: [] });

async function actorOf({ useCases }: World, token: string) {
  const identified = await useCases.identifySession(token);
  if (!identified) throw new Error('The session has ended.');
  return identified.actor;
}

describe('change-username', () => {
  it('gives the actor another name, with which they sign in from then on, and keeps their sessions', async () => {
    const world = await aWorld();
    const heard: PresenceEvent[] = [];
    world.broadcast.subscribeToPresence((event) => heard.push(event));
    const { token } = await signIn(world, 'grace');
    const renamed = await world.useCases.changeUsername(await actorOf(world, token), { username: '  Hopper ' });
    expect(renamed.username).toBe('Hopper');
    expect((await actorOf(world, token)).user).toEqual(renamed);
    expect((await signIn(world, 'hopper')).user).toEqual(renamed);
    expect(heard).toEqual([{ type: 'user_renamed', user: renamed, rename: 1, renamedAt: NOW }]);
  });

  it('AU-13: asks for a confirmation ten minutes after the sign-in', async () => {
    const world = await aWorld();
    const { token } = await signIn(world, 'grace');
    const actor = await actorOf(world, token);
    world.clock.advance(600_000);
    expect(await refusal(world.useCases.changeUsername(actor, { username: 'hopper' }))).toBe('confirmation_needed');
    await world.useCases.confirmIdentity(actor, { ...FROM, password: PASSWORD, code: '' });
    expect(await world.useCases.changeUsername(actor, { username: 'hopper' })).toMatchObject({ username: 'hopper' });
  });

  it('AU-8: makes the former name fail at sign-in like a wrong password, for its owner and for everybody else', async () => {
    const world = await aWorld();
    const { token } = await signIn(world, 'grace');
    await world.useCases.changeUsername(await actorOf(world, token), { username: 'hopper' });
    for (const password of [PASSWORD, 'battery staple'])
      expect(await refusal(signIn(world, 'GRACE', password))).toBe('wrong_credentials');
    world.clock.advance(90 * DAY);
    expect(await signIn(world, 'grace', 'battery staple')).toMatchObject({ isNew: true });
  });

  it('AU-8: fails with a former name as an unknown name does where registration is closed', async () => {
    const world = await aWorld({ registration: 'closed' });
    await world.useCases.changeUsername(world.ada, { username: 'lovelace' });
    expect(await refusal(signIn(world, 'ada'))).toBe('wrong_credentials');
    expect(await refusal(signIn(world, 'nobody'))).toBe('wrong_credentials');
    expect(world.passwordHasher.hashed).toEqual([]);
  });

  it('refuses a name that somebody has, and one that rests for an outsider; the one who had it can take it back', async () => {
    const world = await aWorld();
    const { changeUsername } = world.useCases;
    expect(await refusal(changeUsername(world.ada, { username: 'BOB' }))).toBe('conflict');
    await changeUsername(world.ada, { username: 'lovelace' });
    expect(await refusal(changeUsername(world.eve, { username: 'Ada' }))).toBe('conflict');
    expect((await changeUsername(world.ada, { username: 'ada' })).username).toBe('ada');
    expect(await refusal(changeUsername(world.eve, { username: 'lovelace' }))).toBe('conflict');
    expect((await world.storage.view.users.find(world.eve.user.id))?.username).toBe('eve');
  });

  it.each(['', 'x'.repeat(33), 'a:b', 'a\u200bb', '\u3164'])(
    'refuses %j, by the rules of registration',
    async (username) => {
      const world = await aWorld();
      expect(await refusal(world.useCases.changeUsername(world.ada, { username }))).toBe('invalid_username');
      expect(await world.storage.view.users.lastRename()).toBe(0);
    },
  );

  it('changes nothing for the name that it already is, and lets another spelling of it through', async () => {
    const world = await aWorld();
    expect(await world.useCases.changeUsername(world.ada, { username: ' ada' })).toEqual(world.ada.user);
    expect(world.broadcast.published).toEqual([]);
    expect((await world.useCases.changeUsername(world.ada, { username: 'Ada' })).username).toBe('Ada');
    expect((await world.storage.view.users.credentialsOf(aUsernameKey('ada')))?.user.username).toBe('Ada');
  });

  it('is limited by user, with refused names counted too', async () => {
    const ten = { count: 10, withinMs: DAY, refill: 'evenly' } as const;
    const world = await aWorld({ rates: { ...RATES, renames: { ...ten, count: 2 } } });
    const { changeUsername } = world.useCases;
    expect(await refusal(changeUsername(world.ada, { username: 'bob' }))).toBe('conflict');
    await changeUsername(world.ada, { username: 'lovelace' });
    expect(await refusal(changeUsername(world.ada, { username: 'countess' }))).toBe('too_many_requests');
    await changeUsername(world.bob, { username: 'robert' });
    world.timer.advance(DAY);
    await changeUsername(world.ada, { username: 'countess' });
  });

  it('settles the account, whose registration cannot be undone any more', async () => {
    const world = await aWorld();
    const actor = await actorOf(world, (await signIn(world, 'grace')).token);
    await world.useCases.changeUsername(actor, { username: 'hopper' });
    expect(await world.useCases.mayUndoRegistration(actor)).toBe(false);
    const other = await actorOf(world, (await signIn(world, 'linus')).token);
    await world.useCases.undoRegistration(other);
    expect(await refusal(world.useCases.changeUsername(other, { username: 'torvalds' }))).toBe('unauthenticated');
  });

  it('leaves no session to a sign-in with the former name that was under way', async () => {
    const world = await aWorld();
    const actor = await actorOf(world, (await signIn(world, 'name0')).token);
    for (let round = 0; round < 20; round += 1) {
      const [late] = await Promise.allSettled([
        signIn(world, `name${round}`),
        world.useCases.changeUsername(actor, { username: `name${round + 1}` }),
      ]);
      if (late.status === 'fulfilled') expect(late.value.user.id).toBe(actor.user.id);
    }
  });

  it('keeps the password, the blocks and the direct chats of the account, which are found by its id', async () => {
    const world = await aWorld();
    const { useCases, bob, ada } = world;
    const actor = await actorOf(world, (await signIn(world, 'grace')).token);
    await useCases.changeUsername(actor, { username: 'hopper' });
    // The actor of a request that began before has the former name.
    await useCases.changePassword(actor, { current: PASSWORD, next: 'battery staple', ...FROM });
    await signIn(world, 'hopper', 'battery staple');
    await useCases.changeUsername(bob, { username: 'robert' });
    const { chatId } = await useCases.openDirectChat(bob, { usernames: ['robert', 'ada'] });
    expect(await useCases.openDirectChat(ada, { usernames: ['robert'] })).toEqual({ chatId, isNew: false });
    expect((await useCases.viewChat(ada, chatId)).chat.name).toBe('robert');
    await useCases.setBlock(ada, { userId: bob.user.id, on: true });
    expect((await useCases.viewBlocks(ada)).map(({ username }) => username)).toEqual(['robert']);
  });

  it('leaves mentions with the person, also when the message is edited and somebody else has the name', async () => {
    const world = await aWorld();
    const { useCases, ada, bob, lobby } = world;
    const [message] = await world.say('Hello @bob');
    if (!message) throw new Error('Nothing was said.');
    await useCases.changeUsername(bob, { username: 'robert' });
    const mention = [{ userId: bob.user.id, name: 'bob' }];
    const edit = (text: string, base = message.revision) =>
      useCases.editMessage(ada, { chatId: lobby.id, position: message.position, base, text });
    const once = await edit('Hello @bob!');
    expect(once.mentions).toEqual(mention);
    world.clock.advance(91 * DAY);
    await world.storage.unitOfWork.run(({ sessions }) => sessions.confirm(ada.credential.id, world.clock.now()));
    await useCases.changeUsername(ada, { username: 'bob' });
    const twice = await edit('Hello again @bob!', once.revision);
    expect(twice.mentions).toEqual(mention);
    expect((await edit('Hello @robert and @bob', twice.revision)).mentions).toEqual([
      { userId: bob.user.id, name: 'robert' },
      { userId: bob.user.id, name: 'bob' },
    ]);
    const [later] = await world.say('Now @bob is somebody else');
    expect(later).toMatchObject({ mentions: [{ userId: ada.user.id, name: 'bob' }] });
  });
});

const FAILURES = { count: 10, withinMs: DAY, refill: 'together' } as const;
const EVENLY = { count: 10, withinMs: DAY, refill: 'evenly' } as const;
const RATES = {
  ...{ sign_in_failures: FAILURES, sign_in_failures_of_address: FAILURES, sign_in_failures_of_network: FAILURES },
  ...{
    sign_in_failures_of_name: FAILURES,
    registrations: EVENLY,
    new_chats: EVENLY,
    new_invites: EVENLY,
    wrong_codes: FAILURES,
    passkey_challenges: FAILURES,
    exports: EVENLY,
    pictures: EVENLY,
    uploads: EVENLY,
    link_cards_of_user: EVENLY,
    link_cards_of_chat: EVENLY,
  },
};
