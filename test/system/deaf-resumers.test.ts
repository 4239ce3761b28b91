import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { RawPeer } from '../websocket/raw-peer.ts';
import { ServerProcess } from './server-process.ts';
import { COLLECT_SOON, vitalsOf } from './vitals.ts';

const DEAF = 300;
const MESSAGES = 400;
/** As JSON it is six times as long: the largest that a message gets. */
const TEXT = '\u0001'.repeat(9_990);
const MOST_GROWTH_MIB = 150;

const directory = mkdtempSync(join(tmpdir(), 'shoal-deaf-'));
afterAll(() => rmSync(directory, { recursive: true }));

it(`HT-1: ${DEAF} sockets that resume and read nothing are closed, in less than ${MOST_GROWTH_MIB} MiB`, {
  timeout: 180_000,
}, async () => {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'deaf.db')}`, ...COLLECT_SOON });
  const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
  const chatId = await server.newChat(ada, bob);
  const healthy = await new ChatSocket({ url: server.socketUrl(chatId), cookie: ada }).opened();
  await healthy.nextFrame();
  for (let n = 0; n < MESSAGES; n += 1) healthy.post(`n-${n}`, `${n} ${TEXT}`);
  for (let n = 0; n < MESSAGES; n += 1) await healthy.nextFrame();

  const before = vitalsOf(server);
  const open = async (n: number) => {
    // From where it is read on their way to others, each misses something else.
    const peer = await RawPeer.open({ url: server.socketUrl(chatId, `?after=${n % 100}`), cookie: bob });
    peer.socket.pause();
    return peer;
  };
  const deaf = await Promise.all(Array.from({ length: DEAF }, (_, n) => open(n)));
  let mostMiB = 0;
  let posts = 0;
  // They are given ten seconds to read.
  while (vitalsOf(server).descriptors > before.descriptors + 1) {
    healthy.post(`still-${posts}`, 'still here');
    expect((await healthy.nextTexts(1))[0]).toBe('still here');
    posts += 1;
    mostMiB = Math.max(mostMiB, vitalsOf(server).rssMiB);
    await setTimeout(50);
  }
  expect(posts).toBeGreaterThan(0);
  expect(mostMiB - before.rssMiB).toBeLessThan(MOST_GROWTH_MIB);
  expect(await (await server.fetch('/status')).json()).toEqual({ connected_clients: 1 });
  for (const { socket } of deaf) socket.destroy();
  await server.stop('SIGKILL');
});
