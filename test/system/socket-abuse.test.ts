import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ChatSocket } from '../websocket/chat-client.ts';
import { fragments, OPCODE, ping, rawFrame, text } from '../websocket/raw-frames.ts';
import { RawPeer } from '../websocket/raw-peer.ts';
import { ServerProcess } from './server-process.ts';
import { COLLECT_SOON, type Vitals, vitalsOf } from './vitals.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-sockets-'));
let server: ServerProcess;
let cookie: string;
let url: string;
let bystander: ChatSocket;

beforeAll(async () => {
  server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'sockets.db')}`, ...COLLECT_SOON });
  cookie = await server.signIn('mallory');
  const ada = await server.signIn('ada');
  const chatId = await server.newChat(ada, cookie);
  url = server.socketUrl(chatId);
  bystander = await new ChatSocket({ url, cookie: ada }).opened();
  await bystander.nextFrame();
  // What the process takes once for all, it takes now.
  await openAndClose(2_000);
});
afterAll(async () => {
  await server.stop('SIGKILL');
  rmSync(directory, { recursive: true });
});

const peer = () => RawPeer.open({ url, cookie });

/** Sockets that come and go, fifty at a time: half of them say goodbye, half of them just leave. */
async function openAndClose(count: number): Promise<void> {
  let opened = 0;
  const one = async () => {
    while (opened < count) {
      opened += 1;
      const leaves = opened % 2 === 0;
      const { socket, closed } = await peer();
      if (leaves) socket.resetAndDestroy();
      else socket.write(rawFrame({ opcode: OPCODE.close }));
      await closed;
    }
  };
  await Promise.all(Array.from({ length: 50 }, one));
}

async function sendAll({ socket }: RawPeer, chunk: Uint8Array, times: number): Promise<void> {
  for (let n = 0; n < times && !socket.destroyed; n += 1) {
    if (!socket.write(chunk)) await Promise.race(['drain', 'close'].map((event) => once(socket, event).catch(ignore)));
  }
}

/** The server may cut who floods it; what is written then fails. */
const ignore = () => undefined;

async function connectedClients(): Promise<number> {
  const status: unknown = await (await server.fetch('/status')).json();
  return z.object({ connected_clients: z.number() }).parse(status).connected_clients;
}

/** The other member still talks, and nothing is left of who misbehaved. */
async function isWellAfter(before: Vitals, rssMiB: number): Promise<void> {
  bystander.post(`well-${performance.now()}`.replace('.', '_'), 'still here');
  expect(await bystander.nextTexts(1)).toEqual(['still here']);
  while ((await connectedClients()) > 1) await setImmediate();
  // Its answer had a descriptor of its own.
  expect(vitalsOf(server).descriptors).toBeLessThanOrEqual(before.descriptors + 2);
  // The collector of a busy machine comes later; each answer lets it come.
  await expect.poll(rssAfterAnAnswer).toBeLessThan(before.rssMiB + rssMiB);
}

async function rssAfterAnAnswer(): Promise<number> {
  await connectedClients();
  return vitalsOf(server).rssMiB;
}

let before: Vitals;
beforeEach(() => {
  before = vitalsOf(server);
});

describe('WS-1: too much in one message', () => {
  const much = 'x'.repeat(65_537);

  it.each([
    ['WS-1: a byte over 64 KiB', [text(much)]],
    ['WS-1: a byte over 64 KiB in fragments', fragments(much, 10_000)],
    ['WS-1: a header that declares 2^40 bytes', [rawFrame({ opcode: OPCODE.text, length: 2 ** 40, payload: much })]],
    ['WS-1: a header that declares 2^63 bytes', [rawFrame({ opcode: OPCODE.text, length: 2n ** 63n, payload: much })]],
    [
      'WS-1: 2^40 bytes after a fragment',
      [...fragments(much, 40_000).slice(0, 1), rawFrame({ opcode: OPCODE.continuation, length: 2 ** 40 })],
    ],
  ])('%s is closed with 1009, in less than 10 MiB', async (_what, frames) => {
    for (let n = 0; n < 20; n += 1) {
      const mallory = await peer();
      mallory.write(...frames);
      expect(await mallory.closed).toBe(1009);
    }
    await isWellAfter(before, 10);
  });
});

describe('WS-9: much ado', () => {
  const tenth = () => before.rssMiB * 0.1;

  it('WS-9: a flood of pings, read or not, leaves nothing behind', async () => {
    const flood = Buffer.concat(Array.from({ length: 50 }, () => ping('x'.repeat(125))));
    const reading = await peer();
    await sendAll(reading, flood, 2_000);
    reading.socket.destroy();
    const deaf = await peer();
    deaf.socket.pause();
    await sendAll(deaf, flood, 20_000);
    deaf.socket.destroy();
    await isWellAfter(before, tenth());
  });

  it('WS-9: 10,000 sockets that come and go leave nothing behind', async () => {
    await openAndClose(10_000);
    await isWellAfter(before, tenth());
  });

  it('WS-9: messages byte by byte arrive, and leave nothing behind', async () => {
    const slow = await peer();
    for (let n = 0; n < 5; n += 1) {
      await slow.trickle(text(`byte by byte ${n} ${'x'.repeat(1_000)}`));
      const [said] = await bystander.nextTexts(1);
      expect(said).toMatch(new RegExp(`^byte by byte ${n} x{1000}$`));
    }
    slow.socket.destroy();
    await isWellAfter(before, tenth());
  });

  it('WS-9: a message in thousands of crumbs is closed with 1008', async () => {
    const crumbs = await peer();
    const frame = text('x'.repeat(60_000));
    for (const byte of frame) {
      if (crumbs.socket.destroyed) break;
      crumbs.socket.write(Buffer.from([byte]));
      await setImmediate();
    }
    expect(await crumbs.closed).toBe(1008);
    await isWellAfter(before, tenth());
  });
});
