import { describe, expect, it } from 'vitest';
import { anActor, insertChat, insertUser } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { connect } from '../chats/recording-user-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

/** Carl is in a chat with Ada and in none with Bob. */
async function withCarl(rules: Parameters<typeof aWorld>[0] = {}) {
  const world = await aWorld(rules);
  const carl = await world.storage.unitOfWork.run(async (store) => {
    const user = await insertUser(store, 'Carl');
    await insertChat(store, 'Cellar', world.ada.user, user);
    return anActor(user);
  });
  const open = (by: World['ada'], ...usernames: readonly string[]) => world.useCases.openDirectChat(by, { usernames });
  return { ...world, carl, open };
}

const names = async ({ useCases }: World, actor: World['ada']) =>
  (await useCases.viewChatSummaries(actor)).map(({ name }) => name);

describe('open-direct-chat', () => {
  it('makes a chat that each of its people sees under the names of the others', async () => {
    const world = await withCarl();
    const { ada, bob, carl, useCases, open } = world;
    const { chatId, isNew } = await open(ada, 'bob', 'Carl');
    expect(isNew).toBe(true);
    for (const [actor, name] of [
      [ada, 'bob, Carl'],
      [bob, 'ada, Carl'],
      [carl, 'ada, bob'],
    ] as const) {
      expect(await names(world, actor)).toContain(name);
      expect((await useCases.viewChat(actor, chatId)).chat.name).toBe(name);
      expect((await useCases.viewChatSummary(actor, chatId)).name).toBe(name);
      expect((await useCases.viewMembers(actor, { chatId, limit: 10 })).chat.name).toBe(name);
      expect((await useCases.openChat(actor, { chatId, limit: 10 })).chat.name).toBe(name);
    }
  });

  it('finds the chat that a set of people has, whoever of them opens it and however they write the names', async () => {
    const { ada, bob, open } = await withCarl();
    const first = await open(ada, 'bob');
    expect(await open(bob, 'ADA', ' ada ', 'bob')).toEqual({ ...first, isNew: false });
    expect((await open(ada, 'bob', 'carl')).chatId).not.toBe(first.chatId);
    expect(await open(ada, 'bob')).toEqual({ ...first, isNew: false });
  });

  it('simultaneous openings make one chat, and take one from the limit of new chats', async () => {
    const world = await withCarl();
    const opened = await Promise.all(Array.from({ length: 50 }, () => world.open(world.ada, 'bob')));
    expect(new Set(opened.map(({ chatId }) => chatId)).size).toBe(1);
    expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('refuses outsiders of all of one’s chats, unknown names and people who block the opener alike', async () => {
    const { ada, bob, carl, eve, useCases, open } = await withCarl();
    const closed = await refusal(open(ada, 'eve'));
    expect(closed).toBe('forbidden');
    for (const name of ['nobody', '', 'a:b', '\u0000', 'x'.repeat(10_000)])
      expect(await refusal(open(ada, name, 'bob'))).toBe(closed);
    expect(await refusal(open(eve, 'ada'))).toBe(closed);
    expect(await refusal(open(bob, 'carl'))).toBe(closed);
    await useCases.setBlock(carl, { userId: ada.user.id, on: true });
    expect(await refusal(open(ada, 'carl'))).toBe(closed);
    expect(await refusal(open(ada, 'carl', 'bob'))).toBe(closed);
  });

  it('refuses a chat with oneself alone, and one with more than eight others', async () => {
    const { ada, open } = await withCarl();
    for (const usernames of [[], ['ada'], Array.from({ length: 9 }, (_, n) => `someone ${n}`)])
      expect(await refusal(open(ada, ...usernames))).toBe('bad_request');
  });

  it('has no name of its own, no invites, and nobody who removes others', async () => {
    const { ada, bob, useCases, open } = await withCarl();
    const { chatId } = await open(ada, 'bob');
    for (const work of [
      useCases.renameChat(ada, { chatId, name: 'Ours' }),
      useCases.createInvite(ada, chatId),
      useCases.removeMember(ada, { chatId, userId: bob.user.id }),
    ])
      expect(await refusal(work)).toBe('direct_chat');
  });

  it('is told to the devices of its people under the name that each sees, with its messages', async () => {
    const world = await withCarl();
    const { ada, bob, useCases, open, timer } = world;
    const [adas, bobs] = [connect(world, ada), connect(world, bob)];
    for (const { following } of [adas, bobs]) await following.join();
    for (const { news } of [adas, bobs]) news();
    const { chatId } = await open(ada, 'bob');
    await settled();
    expect([adas.news(), bobs.news()]).toEqual([['chat bob'], ['chat ada']]);
    await useCases.postMessage(ada, { chatId, text: 'psst' });
    await settled();
    timer.advance(1_000);
    await settled();
    expect([adas.news(), bobs.news()]).toEqual([['chat bob:psst'], ['chat ada:psst', `sound 1 in ${chatId}`]]);
    expect(bobs.follower.readings.get(chatId)).toMatchObject({ level: 'all', unread: 1 });
  });

  it('leaving hides it until the next message, and only from the one who left; a reaction does not bring it back', async () => {
    const world = await withCarl();
    const { ada, bob, useCases, open, timer } = world;
    const { chatId } = await open(ada, 'bob');
    const { message } = await useCases.postMessage(ada, { chatId, text: 'one' });
    const bobs = connect(world, bob);
    await bobs.following.join();
    bobs.news();
    await useCases.leaveChat(bob, chatId);
    await settled();
    expect(bobs.news()).toEqual([`left ${chatId}`]);
    expect([await names(world, bob), await names(world, ada)]).toEqual([['Lobby'], ['bob', 'Cellar', 'Lobby']]);
    await useCases.reactToMessage(ada, { ...message, emoji: '👍', on: true });
    timer.advance(1_000);
    await settled();
    expect([bobs.news(), await names(world, bob)]).toEqual([[], ['Lobby']]);
    world.clock.advance(1);
    await useCases.postMessage(ada, { chatId, text: 'two' });
    await settled();
    expect(bobs.news()).toEqual(['chat ada:two']);
    expect(await names(world, bob)).toEqual(['ada', 'Lobby']);
    expect((await useCases.viewMembers(bob, { chatId, limit: 10 })).count).toBe(2);
  });

  it('opening a hidden chat lists it again', async () => {
    const world = await withCarl();
    const { ada, bob, useCases, open } = world;
    const { chatId } = await open(ada, 'bob');
    await useCases.leaveChat(ada, chatId);
    expect(await names(world, ada)).not.toContain('bob');
    expect(await open(bob, 'ada')).toEqual({ chatId, isNew: false });
    expect(await names(world, ada)).not.toContain('bob');
    await open(ada, 'bob');
    expect(await names(world, ada)).toContain('bob');
  });
});
