import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, expect, it } from 'vitest';
import { ChatSocket } from '../websocket/chat-client.ts';
import { RawPeer } from '../websocket/raw-peer.ts';
import { ServerProcess } from './server-process.ts';
import { COLLECT_SOON, vitalsOf, waitedForCpuMs } from './vitals.ts';

const DEAF = 100;
const MESSAGES = 240;
/** As large as messages get: to a hundred sockets that is some 960 MB. */
const TEXT = '🐟'.repeat(9_990);
const FARTHEST_P99_MS = 250;
const MOST_GROWTH_MIB = 150;

const directory = mkdtempSync(join(tmpdir(), 'shoal-deaf-'));
afterAll(() => rmSync(directory, { recursive: true }));

it(`WS-6: ${DEAF} sockets that do not read are dropped, at little cost to memory and to who does read`, async () => {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'deaf.db')}`, ...COLLECT_SOON });
  const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
  const url = server.socketUrl(await server.newChat(ada, bob));
  const healthy = await new ChatSocket({ url, cookie: ada }).opened();
  await healthy.nextFrame();
  const deaf = await Promise.all(Array.from({ length: DEAF }, () => RawPeer.open({ url, cookie: bob })));
  for (const { socket } of deaf) socket.pause();

  const before = vitalsOf(server);
  let mostMiB = 0;
  const delays: number[] = [];
  // Without the time in which other processes had the cores.
  const now = () => performance.now() - waitedForCpuMs(server.child.pid, process.pid);
  const say = async (text: string) => {
    const sent = now();
    healthy.post(`n-${delays.length}`, text);
    await healthy.nextFrame();
    delays.push(now() - sent);
    mostMiB = Math.max(mostMiB, vitalsOf(server).rssMiB);
  };
  for (let n = 0; n < MESSAGES; n += 1) await say(`${n} ${TEXT}`);
  // They are given ten seconds to read; the chat goes on meanwhile.
  while (vitalsOf(server).descriptors > before.descriptors - DEAF) {
    await say('still here');
    // Somebody writes twenty times a second.
    await setTimeout(50);
  }

  const p99 = delays.toSorted((a, b) => a - b)[Math.floor(delays.length * 0.99)];
  expect(p99).toBeLessThan(FARTHEST_P99_MS);
  expect(mostMiB - before.rssMiB).toBeLessThan(MOST_GROWTH_MIB);
  const status: unknown = await (await server.fetch('/status')).json();
  expect(status).toEqual({ connected_clients: 1 });
  for (const { socket } of deaf) socket.destroy();
  await server.stop('SIGKILL');
});
