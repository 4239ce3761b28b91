import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { makeRedisBroadcast } from '../../src/adapters/redis/broadcast.ts';
import { openRedisLink } from '../../src/adapters/redis/link.ts';
import { makeRedisPresence } from '../../src/adapters/redis/presence.ts';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';
import type { ChatEvent } from '../../src/domain/events.ts';
import { chatId, userId } from '../../src/domain/ids.ts';
import { aChat, aMessageIn, aUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';
import { RedisServer } from './redis-server.ts';
import { REDIS_SERVERS } from './redis-servers.ts';

const CHAT = chatId(1);
const left = (user: number): ChatEvent => ({ type: 'member_left', chatId: CHAT, userId: userId(user) });

describe.each(REDIS_SERVERS)('instances that meet in $name', ({ path, isMissing }) => {
  let server: RedisServer;

  beforeAll(async () => {
    if (!isMissing) server = await RedisServer.start(path);
  });

  beforeEach(({ skip }) => skip(isMissing));

  afterAll(() => server?.stop());

  async function openInstance() {
    const log = recordingLog();
    const link = openRedisLink(server.url, log);
    const broadcast = makeRedisBroadcast({ link, local: makeMemoryBroadcast(), log });
    const presence = makeRedisPresence(link);
    onTestFinished(async () => {
      await presence.close();
      broadcast.close();
      link.close();
    });
    await ready(link.client);
    return { broadcast, presence, link, log };
  }

  it('MI-1: an event reaches the others whole and in order, and its own instance once', async () => {
    const [here, there] = [await openInstance(), await openInstance()];
    const [own, other] = [await listening(here.broadcast), await listening(there.broadcast)];
    const posted: ChatEvent = { type: 'message_posted', message: aMessageIn(aChat(), aUser()) };
    const events = [posted, left(1), left(2), left(3)];
    for (const event of events) here.broadcast.publishToChat(CHAT, event);
    expect(await other.heard(4)).toEqual(events);
    expect(await own.heard(4)).toEqual(events);
  });

  it('who begins to listen is told that something may have been missed until now', async () => {
    const { broadcast } = await openInstance();
    const { hints } = await listening(broadcast);
    expect(hints()).toBeGreaterThan(0);
  });

  it('listens in Redis to what somebody here listens to, and to nothing else', async () => {
    const { broadcast, link } = await openInstance();
    const channels = () => link.client.sendCommand(['PUBSUB', 'CHANNELS', '*']);
    const first = await listening(broadcast);
    const second = await listening(broadcast);
    expect(await channels()).toEqual(['shoal:0:chat:1']);
    first.leave();
    await link.client.ping();
    expect(await channels()).toEqual(['shoal:0:chat:1']);
    second.leave();
    await link.client.ping();
    expect(await channels()).toEqual([]);
  });

  it('hears what is published however often it has left and come back, and whatever was still under way', async () => {
    const [here, there] = [await openInstance(), await openInstance()];
    let leave = there.broadcast.subscribeToChat(CHAT, () => undefined);
    for (let n = 0; n < 200; n += 1) {
      leave();
      if (n % 3 === 0) await new Promise(setImmediate);
      leave = there.broadcast.subscribeToChat(CHAT, () => undefined);
      if (n % 5 === 0) await new Promise(setImmediate);
    }
    leave();
    const other = await listening(there.broadcast);
    here.broadcast.publishToChat(CHAT, left(1));
    expect(await other.heard(1)).toEqual([left(1)]);
  });

  it('what a newer release says and this one does not understand is told as events missed', async () => {
    const { broadcast, link } = await openInstance();
    const { hints } = await listening(broadcast);
    const before = hints();
    const newer = ['{"from":"x","v":3,"changes":"in another form"}', '{"from":"x","v":2,"events":[{"type":"later"}]}'];
    for (const text of newer) await link.client.publish('shoal:0:chat:1', text);
    await link.client.ping();
    expect(hints() - before).toBeGreaterThanOrEqual(newer.length);
  });

  it('BE-1: ignores broken envelopes, counts them in the log once a minute, and hears what comes after them', async () => {
    const { broadcast, link, log } = await openInstance();
    const { heard, events } = await listening(broadcast);
    const broken = ['nonsense', '{"from":"x"}', '{"from":"x","v":2,"events":[{"type":"member_left","chatId":1}]}'];
    for (const text of broken) await link.client.publish('shoal:0:chat:1', text);
    await link.client.publish('shoal:0:chat:1', JSON.stringify({ from: 'x', v: 2, events: [left(7)] }));
    expect(await heard(1)).toEqual([left(7)]);
    expect(events).toEqual([left(7)]);
    const told = log.entries.filter(({ details }) => details.event === 'broken_envelopes');
    expect(told.map(({ level, details }) => [level, details.channel, details.count])).toEqual([
      ['warn', 'shoal:0:chat:1', 1],
    ]);
  });

  it('PG-2: while Redis is away local listeners hear at once, and afterwards the others hear again', async () => {
    const [here, there] = [await openInstance(), await openInstance()];
    const [own, other] = [await listening(here.broadcast), await listening(there.broadcast)];
    await server.stop();
    here.broadcast.publishToChat(CHAT, left(1));
    expect(await own.heard(1)).toEqual([left(1)]);
    const before = other.hints();
    await server.resume();
    await other.hinted(before + 1);
    await ready(here.link.client);
    here.broadcast.publishToChat(CHAT, left(2));
    expect(await other.heard(1)).toEqual([left(2)]);
    expect(here.log.entries.map(({ details }) => details.event)).toEqual(['redis_lost', 'redis_back']);
  });

  it('counts the connections of all instances, and those of one that ended no more', async () => {
    const [here, there] = [await openInstance(), await openInstance()];
    here.presence.connected();
    there.presence.connected();
    there.presence.connected();
    await expect.poll(() => here.presence.count(), { timeout: 5_000 }).toBe(3);
    await there.presence.close();
    await expect.poll(() => here.presence.count(), { timeout: 5_000 }).toBe(1);
  });
});

async function ready(client: { isReady: boolean; once(event: 'ready', listen: () => void): unknown }): Promise<void> {
  if (!client.isReady) await new Promise<void>((resolve) => client.once('ready', resolve));
}

/** Listens to the chat, from the moment at which it is told that its subscription holds. */
async function listening(broadcast: Broadcast) {
  const events: ChatEvent[] = [];
  let hints = 0;
  let wake: () => void = () => undefined;
  const leave = broadcast.subscribeToChat(CHAT, (event) => {
    if (event.type === 'events_missed') hints += 1;
    else events.push(event);
    wake();
  });
  const until = async (isTrue: () => boolean) => {
    while (!isTrue()) await new Promise<void>((resolve) => (wake = resolve));
  };
  await until(() => hints > 0);
  return {
    leave,
    events,
    hints: () => hints,
    hinted: (count: number) => until(() => hints >= count),
    async heard(count: number) {
      await until(() => events.length >= count);
      return events;
    },
  };
}
