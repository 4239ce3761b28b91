import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { RESTORABLE_FOR_MS } from '../../../src/domain/messages/changes.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { emoji } from '../../../src/domain/reactions/emoji.ts';
import { anActor, insertUser } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { follow, wordsOf } from '../messages/recording-follower.ts';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

async function aWorldWithMessage() {
  const world = await aWorld();
  const [message] = await world.say('first');
  if (!message) throw new Error('It was said.');
  const react = (emoji: string, on = true, by: Actor = world.ada, place: Message = message) =>
    world.useCases.reactToMessage(by, { chatId: place.chatId, position: place.position, emoji, on });
  const stored = () => world.storage.view.messages.find(message);
  const revisionNow = async () => (await world.storage.view.chats.find(world.lobby.id))?.revision;
  return { ...world, message, react, stored, revisionNow };
}

describe('react-to-message', () => {
  it('answers the whole tally at the chat’s next revision, and refuses an outsider', async () => {
    const { message, react, ada, bob, eve, broadcast, stored } = await aWorldWithMessage();
    await react('👍');
    const change = await react('👍\ufe0f', true, bob);
    const reactions = [{ emoji: '👍', count: 2, users: [ada.user, bob.user] }];
    expect(change).toEqual({
      kind: 'reactions',
      chatId: message.chatId,
      position: message.position,
      revision: 3,
      reactions,
    });
    expect(broadcast.published.at(-1)).toEqual({ type: 'message_reacted', change });
    expect(await stored()).toEqual({ ...message, revision: 3, reactions });
    expect(await refusal(react('👍', true, eve))).toBe('forbidden');
    expect(await refusal(react('👍', false, eve))).toBe('forbidden');
  });

  it('on twice adds one, off three times removes one, and neither takes a revision again', async () => {
    const { react, revisionNow, stored, broadcast } = await aWorldWithMessage();
    const first = await react('👍');
    expect(await react('👍')).toEqual(first);
    expect(await revisionNow()).toBe(2);
    // A repetition publishes the whole message, which may be news where the first publication was lost.
    expect(broadcast.published.at(-1)).toEqual({ type: 'message_changed', message: await stored() });
    for (let n = 1; n <= 3; n += 1) expect(await react('👍', false)).toMatchObject({ revision: 3, reactions: [] });
    expect(await revisionNow()).toBe(3);
  });

  it('refuses the twenty-first kind, and not another person for one of the twenty', async () => {
    const { react, bob } = await aWorldWithMessage();
    const kinds = [
      '😀',
      '😃',
      '😄',
      '😁',
      '😆',
      '😅',
      '🤣',
      '😂',
      '🙂',
      '🙃',
      '🫠',
      '😉',
      '😊',
      '😇',
      '🥰',
      '😍',
      '🤩',
    ];
    for (const kind of [...kinds, '😘', '😗', '😚']) await react(kind);
    expect(await refusal(react('👍'))).toBe('too_many_reactions');
    expect((await react('😀', true, bob)).reactions[0]).toMatchObject({ count: 2 });
    await react('😚', false);
    expect((await react('👍')).reactions).toHaveLength(20);
  });

  it('refuses what is no emoji, notices, deleted messages and messages that are not there', async () => {
    const { react, message, useCases, ada, bob, lobby, storage } = await aWorldWithMessage();
    expect(await refusal(react('x'))).toBe('invalid_emoji');
    await useCases.renameChat(ada, { chatId: lobby.id, name: 'Quay' });
    const [notice] = await storage.view.messages.before(lobby.id, undefined, 1);
    if (!notice) throw new Error('There is a notice.');
    expect(await refusal(react('👍', true, bob, notice))).toBe('forbidden');
    await useCases.deleteMessage(ada, message);
    expect(await refusal(react('👍'))).toBe('deleted');
    expect(await refusal(react('👍', true, ada, { ...message, position: notice.revision + 9 } as Message))).toBe(
      'not_found',
    );
  });

  it('finds the own reaction behind the people that the tally names', async () => {
    const { react, storage, lobby } = await aWorldWithMessage();
    const people = await storage.unitOfWork.run(async (store) => {
      const users = [];
      for (let n = 1; n <= 22; n += 1) {
        const user = await insertUser(store, `person-${n}`);
        await store.members.add({ chatId: lobby.id, userId: user.id, role: 'member', joinedAt: 0 });
        users.push(anActor(user));
      }
      return users;
    });
    for (const person of people) await react('👍', true, person);
    const last = people.at(-1);
    const change = await react('👍', true, last);
    expect(change.reactions[0]).toMatchObject({ count: 22 });
    expect((await react('👍', false, last)).reactions[0]).toMatchObject({ count: 21 });
  });

  it('an edit keeps reactions, a deletion hides them, restoring brings them back, and erasing removes them', async () => {
    const { react, message, useCases, ada, stored, storage, jobWorker, timer, clock } = await aWorldWithMessage();
    const { reactions } = await react('👍');
    await useCases.editMessage(ada, { ...message, text: 'second', base: message.revision });
    expect(await stored()).toMatchObject({ text: 'second', reactions });
    expect(JSON.stringify(await useCases.deleteMessage(ada, message))).not.toContain('👍');
    expect(JSON.stringify(await stored())).not.toContain('👍');
    expect(await useCases.restoreMessage(ada, message)).toMatchObject({ text: 'second', reactions });
    await useCases.deleteMessage(ada, message);
    jobWorker.start();
    clock.advance(RESTORABLE_FOR_MS);
    timer.advance(RESTORABLE_FOR_MS);
    await settled();
    expect(await storage.unitOfWork.run((store) => store.reactions.tallies(message))).toEqual([]);
  });

  it('keeps the reaction of a member who leaves', async () => {
    const { react, bob, useCases, lobby, stored } = await aWorldWithMessage();
    await react('👍', true, bob);
    await useCases.leaveChat(bob, lobby.id);
    expect(await stored()).toMatchObject({ reactions: [{ emoji: '👍', count: 1, users: [bob.user] }] });
  });
});

describe('a follower of the chat', () => {
  it('is told of reactions without the text of the message', async () => {
    const world = await aWorldWithMessage();
    const { follower, join } = follow(world, world.bob, 1);
    await join();
    await world.react('👍');
    await world.react('👍', true, world.bob);
    world.timer.advance(10);
    expect(follower.delivered.map(({ kind }) => kind)).toEqual(['reactions', 'reactions']);
    expect(follower.delivered.map(wordsOf)).toEqual(['👍1', '👍2']);
  });

  it('that resumes is told the last state: the message with its reactions where it missed both, else the reactions', async () => {
    const world = await aWorldWithMessage();
    const live = follow(world, world.bob, 1);
    await live.join();
    await world.react('👍');
    const onlyReactions = follow(world, world.bob, 1);
    await onlyReactions.join();
    expect(onlyReactions.follower.delivered).toMatchObject([{ kind: 'reactions', revision: 2 }]);
    await world.useCases.editMessage(world.ada, { ...world.message, text: 'second', base: world.message.revision });
    await world.react('❤');
    const both = follow(world, world.bob, 1);
    await both.join();
    expect(both.follower.delivered).toMatchObject([
      { kind: 'text', text: 'second', revision: 4, reactions: [{ emoji: '👍' }, { emoji: '❤️' }] },
    ]);
    const fromTheStore = follow(world, world.bob, 0);
    await fromTheStore.join();
    expect(fromTheStore.follower.delivered).toEqual(both.follower.delivered);
  });

  it('never hears again of reactions that came before a deletion', async () => {
    const world = await aWorldWithMessage();
    const live = follow(world, world.bob, 1);
    await live.join();
    await world.react('👍');
    await world.useCases.deleteMessage(world.ada, world.message);
    const late = follow(world, world.bob, 1);
    await late.join();
    expect(late.follower.delivered).toMatchObject([{ kind: 'deleted', revision: 3 }]);
  });

  it('that missed events hears of the reactions from the store, in order', async () => {
    const world = await aWorldWithMessage();
    const { follower, join } = follow(world, world.bob, 1);
    await join();
    const { chatId, position } = world.message;
    const heard = follower.heard(4);
    // Stored by an instance that ended before it published them.
    await world.storage.unitOfWork.run(async (store) => {
      for (const symbol of ['👍', '❤']) {
        const next = await store.chats.nextRevision(chatId);
        await store.reactions.add({ chatId, position, emoji: emoji(symbol), userId: world.ada.user.id }, next);
        await store.messages.noteReactions(world.message, next);
      }
    });
    await world.useCases.postMessage(world.ada, { chatId, text: 'second' });
    await heard;
    expect(follower.delivered).toMatchObject([
      { kind: 'text', position, revision: 3, reactions: [{ emoji: '👍' }, { emoji: '❤️' }] },
      { kind: 'text', text: 'second', revision: 4 },
    ]);
  });
});
