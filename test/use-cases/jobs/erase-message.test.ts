import { expect, it } from 'vitest';
import type { Message } from '../../../src/domain/messages/message.ts';
import { settled } from '../../fakes.ts';
import { aWorld } from '../world.ts';

async function aDeletedMessage() {
  const world = await aWorld();
  const [said] = await world.say('first words');
  if (!said) throw new Error('It was said.');
  const place = { chatId: said.chatId, position: said.position };
  world.jobWorker.start();
  const { editMessage, deleteMessage, restoreMessage } = world.useCases;
  await editMessage(world.ada, { ...place, text: 'second words', base: said.revision });
  const deleted = await deleteMessage(world.ada, place);
  const pass = async (ms: number) => {
    world.clock.advance(ms);
    world.timer.advance(ms);
    await settled();
    world.timer.advance(0);
    await settled();
  };
  const versions = () => world.storage.view.messages.earlierVersions(place, { limit: 100 });
  const restore = (): Promise<Message> => restoreMessage(world.ada, place);
  return { ...world, place, deleted, pass, versions, restore, deleteAgain: () => deleteMessage(world.ada, place) };
}

it('erases all versions of a deleted message a minute after its deletion, and not before', async () => {
  const { pass, versions, restore } = await aDeletedMessage();
  await pass(59_000);
  expect(await versions()).toHaveLength(2);
  await pass(1_000);
  expect(await versions()).toEqual([]);
  await expect(restore()).rejects.toMatchObject({ code: 'deleted' });
});

it('leaves a message alone that was restored', async () => {
  const { pass, versions, restore } = await aDeletedMessage();
  await restore();
  await pass(60_000);
  expect(await versions()).toHaveLength(1);
});

it('erases a message that was restored and deleted again a minute after the later deletion', async () => {
  const { pass, versions, restore, deleteAgain } = await aDeletedMessage();
  await pass(30_000);
  await restore();
  await pass(1_000);
  await deleteAgain();
  await pass(58_000);
  expect(await versions()).toHaveLength(2);
  await expect(restore()).resolves.toMatchObject({ kind: 'text', text: 'second words' });
  await deleteAgain();
  await pass(60_000);
  expect(await versions()).toEqual([]);
});

it('has one job for a message however often it is deleted', async () => {
  const { storage, jobWorker, deleteAgain, pass } = await aDeletedMessage();
  await jobWorker.stop();
  await deleteAgain();
  await pass(60_000);
  expect(await storage.view.jobs.count()).toEqual({ due: 1, dead: 0 });
});

it('is not done before the files were scrubbed: what failed there is tried again', async () => {
  const { storage, pass, versions } = await aDeletedMessage();
  storage.failScrubs = true;
  await pass(60_000);
  expect(await versions()).toEqual([]);
  expect(await storage.view.jobs.dueIn('local')).toBeDefined();
  storage.failScrubs = false;
  for (let look = 0; look < 10; look += 1) await pass(5_000);
  expect(await storage.view.jobs.dueIn('local')).toBeUndefined();
});
