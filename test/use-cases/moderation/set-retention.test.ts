import { describe, expect, it } from 'vitest';
import { textOf } from '../../../src/domain/messages/message.ts';
import { settled } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

async function aWorldWithJobs() {
  const world = await aWorld();
  world.jobWorker.start();
  const pass = async (ms: number) => {
    world.clock.advance(ms);
    world.timer.advance(ms);
    for (let round = 0; round < 20; round += 1) {
      await settled();
      world.timer.advance(0);
    }
  };
  const texts = async () => (await world.storage.view.messages.before(world.lobby.id, undefined, 100)).map(textOf);
  const set = (days: number) => world.useCases.setRetention(world.ada, { chatId: world.lobby.id, days });
  return { ...world, pass, texts, set };
}

describe('set-retention', () => {
  it('erases messages once they are older, beginning when it can no longer be undone', async () => {
    const { broadcast, storage, pass, texts, set, say } = await aWorldWithJobs();
    await say('old');
    await pass(DAY + HOUR);
    await say('new');
    await set(1);
    const said = 'ada set that messages are erased after 1 day';
    await pass(9 * MINUTE);
    expect(await texts()).toEqual(['old', 'new', said]);
    await pass(MINUTE);
    expect(await texts()).toEqual(['new', said]);
    expect(broadcast.published.at(-1)).toMatchObject({ type: 'messages_erased', upTo: 1 });
    await pass(DAY);
    await pass(HOUR);
    expect(await texts()).toEqual([]);
    const acts = await storage.view.acts.list(1 as never, undefined, 9);
    expect(acts.map(({ act }) => [act.kind, act.changes])).toEqual([
      ['retention_set', [{ aspect: 'retention', before: 0, after: 1 }]],
    ]);
  });

  it('erases more than a batch', async () => {
    const { pass, texts, set, say } = await aWorldWithJobs();
    await say(...Array.from({ length: 1_200 }, (_, n) => `${n}`));
    await pass(2 * DAY);
    await say('new');
    await set(1);
    await pass(10 * MINUTE);
    expect(await texts()).toEqual(['new', 'ada set that messages are erased after 1 day']);
  });

  it('can be undone within ten minutes, and then nothing was erased', async () => {
    const { useCases, storage, ada, lobby, pass, texts, set, say } = await aWorldWithJobs();
    await say('old');
    await pass(2 * DAY);
    await set(1);
    const [listed] = await storage.view.acts.list(lobby.id, undefined, 1);
    if (!listed) throw new Error('It was written down.');
    await useCases.undoAct(ada, { chatId: lobby.id, id: listed.act.id });
    await pass(10 * MINUTE);
    await pass(2 * HOUR);
    expect(await texts()).toEqual([
      'old',
      'ada set that messages are erased after 1 day',
      'ada set that messages are kept',
    ]);
  });

  it('follows the newest setting, and goes on in an archived chat', async () => {
    const { useCases, ada, lobby, pass, texts, set, say } = await aWorldWithJobs();
    await set(1);
    await set(0);
    await set(30);
    await say('hello');
    await useCases.setArchived(ada, { chatId: lobby.id, isArchived: true });
    await pass(2 * DAY);
    expect(await texts()).toHaveLength(5);
    await pass(28 * DAY);
    await pass(HOUR);
    expect(await texts()).toEqual([]);
  });

  it('forgets what replies quoted', async () => {
    const { useCases, storage, ada, lobby, pass, set, say } = await aWorldWithJobs();
    const [old] = await say('old');
    await pass(DAY + HOUR);
    if (!old) throw new Error('It was said.');
    await useCases.postMessage(ada, { chatId: lobby.id, text: 'answer', replyTo: old.position });
    await set(1);
    await pass(10 * MINUTE);
    const [answer] = await storage.view.messages.before(lobby.id, undefined, 2);
    expect(answer).toMatchObject({ text: 'answer', replyTo: null });
  });

  it('is refused to an outsider, for whom there is no such chat, and to members and moderators', async () => {
    const { useCases, ada, bob, eve, lobby } = await aWorld();
    for (const chatId of [lobby.id, UNKNOWN_CHAT])
      expect(await refusal(useCases.setRetention(eve, { chatId, days: 5 }))).toBe('forbidden');
    await useCases.setRole(ada, { chatId: lobby.id, userId: bob.user.id, role: 'moderator' });
    expect(await refusal(useCases.setRetention(bob, { chatId: lobby.id, days: 5 }))).toBe('forbidden');
    for (const days of [-1, 1.5, 3_651])
      expect(await refusal(useCases.setRetention(ada, { chatId: lobby.id, days }))).toBe('invalid_retention');
  });
});
