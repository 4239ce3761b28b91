import { expect, it } from 'vitest';
import { aWorld } from '../world.ts';
import { follow, wordsOf } from './recording-follower.ts';

it('a follower that resumes is not told the words of a message that was deleted since another one resumed from there', async () => {
  const world = await aWorld();
  const [, second] = await world.say('one', 'two', 'three');
  if (!second) throw new Error('It was said.');
  const live = follow(world, world.bob);
  await live.join();
  const early = follow(world, world.bob, 0);
  await early.join();
  expect(early.follower.delivered.map(wordsOf)).toEqual(['one', 'two', 'three']);
  await world.useCases.deleteMessage(world.ada, second);
  const late = follow(world, world.bob, 0);
  await late.join();
  expect(late.follower.delivered.map(wordsOf)).toEqual(['one', 'three', '']);
});
