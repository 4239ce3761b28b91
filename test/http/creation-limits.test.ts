import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../src/composition/config.ts';
import { TIMER } from '../../src/composition/tokens.ts';
import { DAY, manualTimer } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, type Client, FORM, PAGE, signedIn } from './client.ts';

const MINUTE = 60_000;
/** The budget for all changes of a person would be used up before the one for chats. */
const MANY_WRITES = readConfig({ LIMIT_WRITES: '1000/1m' }).limits;

async function aLimitedApp(changes: Partial<Config> = {}) {
  const timer = manualTimer();
  const app = await anApp({ limits: readConfig({}).limits, ...changes }, (wiring) => wiring.bind(TIMER, () => timer));
  return { app, timer };
}

const newChat = async (client: Client, chat_name: string = 'Lobby') =>
  (await client.postJson('/newchat', { chat_name })).status;
const newInvite = async (client: Client, chatId: number) => (await client.post(`/create_invite/${chatId}`)).status;

async function times<T>(count: number, ask: () => Promise<T>): Promise<T[]> {
  const answers: T[] = [];
  while (answers.length < count) answers.push(await ask());
  return answers;
}

const all = (status: number, count: number) => Array.from({ length: count }, () => status);

describe('RL-2: new chats', () => {
  it('are ten at once for each person, and then one a minute', async () => {
    const { app, timer } = await aLimitedApp();
    const [ada, bob] = [await signedIn(app, 'ada'), await signedIn(app, 'bob')];
    expect(await times(10, () => newChat(ada))).toEqual(all(201, 10));
    const refused = await ada.postJson('/newchat', { chat_name: 'One more' });
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(await newChat(bob)).toBe(201);
    timer.advance(MINUTE);
    expect(await times(2, () => newChat(ada))).toEqual([201, 429]);
    timer.advance(9.5 * MINUTE);
    expect(await times(10, () => newChat(ada))).toEqual([...all(201, 9), 429]);
  });

  it('are no more when they are asked for at once, in another session and by the form', async () => {
    const { app } = await aLimitedApp();
    const [one, other] = [await signedIn(app, 'ada'), await signedIn(app, 'ada')];
    const statuses = await Promise.all(Array.from({ length: 20 }, (_, n) => newChat(n % 2 === 0 ? one : other)));
    expect(statuses.filter((status) => status === 201)).toHaveLength(10);
    const form = await one.postForm('/chats', { chat_name: 'One more' }, PAGE);
    expect(form.status).toBe(429);
    expect(await form.text()).toContain('You have started many chats. Try again in a minute.');
    expect((await one.get('/')).status).toBe(200);
  });

  it('are not used up by what is refused', async () => {
    const { app } = await aLimitedApp({ limits: MANY_WRITES });
    const ada = await signedIn(app, 'ada');
    expect(await times(15, () => newChat(ada, ' '))).toEqual(all(422, 15));
    app.storage.failCommits = true;
    expect(await times(15, () => newChat(ada))).toEqual(all(503, 15));
    app.storage.failCommits = false;
    expect(await times(11, () => newChat(ada))).toEqual([...all(201, 10), 429]);
  });

  it('are limited by nothing with RATE_LIMITS=off', async () => {
    const { app } = await aLimitedApp({ limits: undefined });
    const ada = await signedIn(app, 'ada');
    expect(await times(30, () => newChat(ada))).toEqual(all(201, 30));
  });
});

describe('RL-2: new invites', () => {
  it('are ten at once for each person, whatever the chat, and then one a minute', async () => {
    const { app, timer } = await aLimitedApp();
    const { ada, bob, id } = await aChatOfTwo(app);
    const den = await ada.newChat('Den');
    // One invite was created for Bob.
    expect(await times(9, () => newInvite(ada, den))).toEqual(all(201, 9));
    const refused = await ada.post(`/create_invite/${id}`);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(await answerOf(refused)).toBe('429 too_many_requests');
    expect(await newInvite(bob, id)).toBe(201);
    timer.advance(MINUTE);
    expect(await times(2, () => newInvite(ada, id))).toEqual([201, 429]);
    expect((await ada.post(`/create_invite/${id}`, '', { ...FORM, ...PAGE })).status).toBe(429);
  });

  it('are not used up by asking for chats that are closed to one', async () => {
    const { app } = await aLimitedApp();
    const { eve, id } = await aChatOfTwo(app);
    expect(await times(15, () => newInvite(eve, id))).toEqual(all(403, 15));
    const den = await eve.newChat('Den');
    expect(await times(11, () => newInvite(eve, den))).toEqual([...all(201, 10), 429]);
  });
});

describe('RL-2: invites that are good', () => {
  it('are fifty to a chat at the same time, and there is room when they expire', async () => {
    const limits = readConfig({ LIMIT_NEW_INVITES: '1000/1m', LIMIT_WRITES: '1000/1m' }).limits;
    const { app } = await aLimitedApp({ limits });
    const { ada, bob, id } = await aChatOfTwo(app);
    const den = await ada.newChat('Den');
    app.clock.advance(DAY);
    expect(await times(49, () => newInvite(ada, id))).toEqual(all(201, 49));
    expect(await answerOf(await bob.post(`/create_invite/${id}`))).toBe('409 too_many_invites');
    expect(await newInvite(ada, den)).toBe(201);
    // The first one, for Bob, is a day older.
    app.clock.advance(6 * DAY);
    expect(await times(2, () => newInvite(bob, id))).toEqual([201, 409]);
  });

  it('are no more when they are asked for at once', async () => {
    const limits = readConfig({ LIMIT_NEW_INVITES: '1000/1m', LIMIT_LIVE_INVITES: '5' }).limits;
    const { app } = await aLimitedApp({ limits });
    const { ada, id } = await aChatOfTwo(app);
    const statuses = await Promise.all(Array.from({ length: 20 }, () => newInvite(ada, id)));
    expect(statuses.filter((status) => status === 201)).toHaveLength(4);
    expect(statuses.filter((status) => status === 409)).toHaveLength(16);
  });
});
