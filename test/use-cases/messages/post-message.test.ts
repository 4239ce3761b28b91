import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { clientId } from '../../../src/domain/messages/client-id.ts';
import { messageBody } from '../../../src/domain/messages/message-body.ts';
import { insertMessage } from '../../builders.ts';
import { settled } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT, type World } from '../world.ts';
import { follow } from './recording-follower.ts';

const post = ({ useCases, lobby }: World, actor: Actor, text: string, clientId?: string) =>
  useCases.postMessage(actor, { chatId: lobby.id, text, clientId });

const stored = ({ storage, lobby }: World) => storage.view.messages.before(lobby.id, undefined, 100);

describe('post-message', () => {
  it('stores what a member says and publishes it, and refuses an outsider', async () => {
    const world = await aWorld();
    const { message, isNew } = await post(world, world.bob, 'hello', 'c-1');
    expect(isNew).toBe(true);
    expect(message).toMatchObject({ chatId: world.lobby.id, kind: 'text', text: 'hello', clientId: 'c-1' });
    expect(message).toMatchObject({ author: world.bob.user, sentAt: world.clock.now(), position: 1, revision: 1 });
    expect(await refusal(post(world, world.eve, 'hello', 'c-1'))).toBe('forbidden');
    expect(await stored(world)).toEqual([message]);
    expect(world.broadcast.published).toEqual([{ type: 'message_posted', message }]);
  });

  it('refuses a chat that does not exist as it does one that is closed', async () => {
    const { useCases, eve } = await aWorld();
    expect(await refusal(useCases.postMessage(eve, { chatId: UNKNOWN_CHAT, text: 'hello' }))).toBe('forbidden');
  });

  it('refuses who was removed, from the next message on', async () => {
    const world = await aWorld();
    await post(world, world.bob, 'still here');
    await world.storage.unitOfWork.run((store) => store.members.remove(world.lobby.id, world.bob.user.id));
    expect(await refusal(post(world, world.bob, 'and now'))).toBe('forbidden');
    expect(await stored(world)).toHaveLength(1);
    expect(world.broadcast.published).toHaveLength(1);
  });

  it('gives a chat’s messages dense positions, whoever posts at once', async () => {
    const world = await aWorld();
    const posts = Array.from({ length: 20 }, (_, n) => post(world, n % 2 ? world.ada : world.bob, `${n}`));
    const messages = (await Promise.all(posts)).map(({ message }) => message);
    expect(messages.map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(await stored(world)).toEqual(messages);
  });

  it.each([
    ['empty', ''],
    ['only white space', ' \n\t\u00a0'],
    ['with a NUL', 'a\0b'],
    ['with half a surrogate pair', 'a\ud800'],
    ['of 10,001 characters', 'x'.repeat(10_001)],
  ])('refuses a text that is %s', async (_what, text) => {
    const world = await aWorld();
    expect(await refusal(post(world, world.ada, text))).toBe('invalid_message');
    expect(await stored(world)).toEqual([]);
    expect(world.broadcast.published).toEqual([]);
  });

  it.each(['', 'a b', 'é', 'x'.repeat(65)])('refuses the client id %j', async (clientId) => {
    const world = await aWorld();
    expect(await refusal(post(world, world.ada, 'hello', clientId))).toBe('invalid_client_id');
    expect(await stored(world)).toEqual([]);
  });

  it('keeps the text as it came', async () => {
    const world = await aWorld();
    const text = '  <b>é e\u0301 👩‍👩‍👧 \u202eabc\r\n\n';
    await post(world, world.ada, text);
    expect(await stored(world)).toMatchObject([{ text }]);
  });
});

describe('post-message: sending again', () => {
  it('CR-3: answers the first message, stores nothing, and shows it once to who follows', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world, world.bob);
    await join();
    const first = await post(world, world.ada, 'hello', 'c-1');
    world.clock.advance(1000);
    expect(await post(world, world.ada, 'hello', 'c-1')).toEqual({
      message: first.message,
      isNew: false,
      isDirect: false,
      jobs: [],
    });
    await settled();
    expect(await stored(world)).toEqual([first.message]);
    expect(follower.calls).toEqual(['ready 0', 'deliver hello']);
  });

  it('tells who follows of a message that was stored without anybody hearing of it', async () => {
    const world = await aWorld();
    const { join, follower } = follow(world, world.bob);
    await join();
    const lost = await world.storage.unitOfWork.run((store) =>
      insertMessage(store, world.lobby, world.ada.user, { clientId: clientId('c-1'), text: messageBody('hello') }),
    );
    expect(await post(world, world.ada, 'hello', 'c-1')).toEqual({
      message: lost,
      isNew: false,
      isDirect: false,
      jobs: [],
    });
    await settled();
    expect(follower.calls).toEqual(['ready 0', 'deliver hello']);
  });

  it('stores one message of twenty sent at once', async () => {
    const world = await aWorld();
    const posts = await Promise.all(Array.from({ length: 20 }, () => post(world, world.ada, 'hello', 'c-1')));
    expect(posts.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(await stored(world)).toHaveLength(1);
  });

  it('is refused with another text', async () => {
    const world = await aWorld();
    const { message } = await post(world, world.ada, 'hello', 'c-1');
    expect(await refusal(post(world, world.ada, 'hullo', 'c-1'))).toBe('conflict');
    expect(await stored(world)).toEqual([message]);
    expect(world.broadcast.published).toHaveLength(1);
  });

  it('is another message of another author, in another chat, or without a client id', async () => {
    const world = await aWorld();
    const kitchen = await world.useCases.createChat(world.ada, { name: 'Kitchen' });
    await post(world, world.ada, 'hello', 'c-1');
    const others = [
      await post(world, world.bob, 'hello', 'c-1'),
      await world.useCases.postMessage(world.ada, { chatId: kitchen.id, text: 'hello', clientId: 'c-1' }),
      await post(world, world.ada, 'hello'),
      await post(world, world.ada, 'hello'),
    ];
    expect(others.map(({ isNew }) => isNew)).toEqual([true, true, true, true]);
  });

  it('is refused to who was removed since', async () => {
    const world = await aWorld();
    await post(world, world.bob, 'hello', 'c-1');
    await world.storage.unitOfWork.run((store) => store.members.remove(world.lobby.id, world.bob.user.id));
    expect(await refusal(post(world, world.bob, 'hello', 'c-1'))).toBe('forbidden');
  });
});

describe('post-message: publishing', () => {
  it('comes after the commit: who hears of a message finds it', async () => {
    const world = await aWorld();
    const found: Promise<readonly unknown[]>[] = [];
    world.broadcast.subscribeToChat(world.lobby.id, () => found.push(stored(world)));
    const { message } = await post(world, world.ada, 'hello');
    expect(await Promise.all(found)).toEqual([[message]]);
  });

  it('does not happen when the message cannot be stored, and its position stays free', async () => {
    const world = await aWorld();
    world.storage.failCommits = true;
    expect(await refusal(post(world, world.ada, 'lost', 'c-1'))).toBe('unavailable');
    expect(world.broadcast.published).toEqual([]);
    expect(await stored(world)).toEqual([]);
    world.storage.failCommits = false;
    expect(await post(world, world.ada, 'kept', 'c-1')).toMatchObject({ isNew: true, message: { position: 1 } });
  });
});
