import { describe, expect, it } from 'vitest';
import type { Actor } from '../../../src/application/actor.ts';
import { revision } from '../../../src/domain/chats/chat.ts';
import { EditConflict } from '../../../src/domain/messages/changes.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { refusal } from '../refusal.ts';
import { aWorld, type World } from '../world.ts';

async function aWorldWithMessage() {
  const world = await aWorld();
  const [message] = await world.say('first');
  if (!message) throw new Error('It was said.');
  const edit = (text: string, base: number = message.revision, by: Actor = world.ada) =>
    world.useCases.editMessage(by, { ...message, text, base: revision(base) });
  return { ...world, message, edit };
}

const versions = ({ storage }: World, message: Message) =>
  storage.view.messages.earlierVersions(message, { limit: 100 });
const stored = ({ storage }: World, message: Message) => storage.view.messages.find(message);

describe('edit-message', () => {
  it('stores the new text and keeps the earlier one, and refuses an outsider', async () => {
    const world = await aWorldWithMessage();
    const { message, edit, broadcast, clock } = world;
    const edited = await edit('second');
    expect(edited).toEqual({ ...message, text: 'second', revision: 2, edit: { revision: 2, at: clock.now() } });
    expect(await refusal(edit('mine', 2, world.eve))).toBe('forbidden');
    expect(await stored(world, message)).toEqual(edited);
    expect(await versions(world, message)).toEqual([{ revision: 1, text: 'first', writtenAt: message.sentAt }]);
    expect(broadcast.published.at(-1)).toEqual({ type: 'message_changed', message: edited });
  });

  it('of two edits from one base, refuses the second with the message as it is', async () => {
    const { edit } = await aWorldWithMessage();
    const [first, second] = await Promise.allSettled([edit('one'), edit('two')]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: expect.any(EditConflict) });
    expect(second).toHaveProperty('reason.current.text', 'one');
  });

  it('changes nothing when it is sent again, or to the same text', async () => {
    const world = await aWorldWithMessage();
    const { message, edit, storage, lobby } = world;
    const edited = await edit('second');
    expect(await edit('second')).toEqual(edited);
    expect((await storage.view.chats.find(lobby.id))?.revision).toBe(2);
    expect(await versions(world, message)).toHaveLength(1);
  });

  it('is refused for a message that was deleted meanwhile, and for one that never was', async () => {
    const { message, edit, useCases, ada } = await aWorldWithMessage();
    expect(
      await refusal(useCases.editMessage(ada, { ...message, position: revision(9), text: 'x', base: revision(9) })),
    ).toBe('not_found');
    await useCases.deleteMessage(ada, message);
    expect(await refusal(edit('second'))).toBe('deleted');
  });
});

describe('delete-message', () => {
  it('takes the words out of the message, and refuses an outsider', async () => {
    const world = await aWorldWithMessage();
    const { message, useCases, ada, eve, broadcast, clock } = world;
    expect(await refusal(useCases.deleteMessage(eve, message))).toBe('forbidden');
    const deleted = await useCases.deleteMessage(ada, message);
    expect(deleted).toMatchObject({
      kind: 'deleted',
      position: 1,
      revision: 2,
      deletedBy: ada.user.id,
      deletedAt: clock.now(),
    });
    expect(JSON.stringify(deleted)).not.toContain('first');
    expect(await stored(world, message)).toEqual(deleted);
    expect(broadcast.published.at(-1)).toEqual({ type: 'message_changed', message: deleted });
    expect(await useCases.deleteMessage(ada, message)).toEqual(deleted);
  });
});

describe('restore-message', () => {
  it('is for who deleted the message, and no outsider', async () => {
    const world = await aWorldWithMessage();
    const { message, useCases, ada, bob, eve } = world;
    await useCases.deleteMessage(ada, message);
    expect(await refusal(useCases.restoreMessage(bob, message))).toBe('forbidden');
    expect(await refusal(useCases.restoreMessage(eve, message))).toBe('forbidden');
    expect(await useCases.restoreMessage(ada, message)).toEqual({ ...message, revision: 3 });
    expect(await versions(world, message)).toEqual([]);
  });

  it('comes too late after a minute, and when the words are gone', async () => {
    const { message, useCases, ada, clock, storage } = await aWorldWithMessage();
    await useCases.deleteMessage(ada, message);
    clock.advance(60_000);
    expect(await refusal(useCases.restoreMessage(ada, message))).toBe('deleted');
    clock.advance(-30_000);
    await storage.unitOfWork.run((store) => store.messages.removeVersions(message));
    expect(await refusal(useCases.restoreMessage(ada, message))).toBe('deleted');
  });
});

describe('post-message', () => {
  it('answers a post that is sent again with the message as it is, also once that was edited or deleted', async () => {
    const { useCases, ada, lobby } = await aWorldWithMessage();
    const post = (text: string) => useCases.postMessage(ada, { chatId: lobby.id, text, clientId: 'once' });
    const { message } = await post('hello');
    const edited = await useCases.editMessage(ada, { ...message, text: 'hullo', base: message.revision });
    expect(await post('hello')).toEqual({ message: edited, isNew: false, isDirect: false, jobs: [] });
    const deleted = await useCases.deleteMessage(ada, message);
    expect(await post('hello')).toEqual({ message: deleted, isNew: false, isDirect: false, jobs: [] });
  });
});
