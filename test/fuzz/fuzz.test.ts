import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { buildApp } from '../../src/composition/app.ts';
import { readConfig } from '../../src/composition/config.ts';
import { recordingLog } from '../fakes.ts';
import { ServerProcess } from '../system/server-process.ts';
import { COLLECT_SOON, type Vitals, vitalsOf } from '../system/vitals.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { OPCODE } from '../websocket/raw-frames.ts';
import { type HandshakeOptions, RawPeer } from '../websocket/raw-peer.ts';
import { httpBytes } from './http-bytes.ts';
import { answerTo, type HttpAnswer, readAnswer } from './http-connection.ts';
import { type FuzzWorld, httpRequests } from './http-requests.ts';
import { type Conversation, conversations } from './socket-frames.ts';

/** The same seed sends the same. */
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
const REQUESTS = 4_000;
const BYTES = 1_500;
const FRAMES = 5_000;
/** What memory may have grown by at the end: more than the breathing of a collector, less than a byte kept of each. */
const MOST_GROWTH_MIB = 24;
const AT_ONCE = 24;

const directory = mkdtempSync(join(tmpdir(), 'shoal-fuzz-'));
let server: ServerProcess;
let world: FuzzWorld;
let ada: ChatSocket;
let bob: ChatSocket;

beforeAll(async () => {
  server = await ServerProcess.start({ DATABASE_URL: `sqlite:${join(directory, 'fuzz.db')}`, ...COLLECT_SOON });
  const [one, two] = [await server.signIn('ada'), await server.signIn('bob')];
  const innocent = await server.newChat(one, two);
  ada = await new ChatSocket({ url: server.socketUrl(innocent), cookie: one }).opened();
  bob = await new ChatSocket({ url: server.socketUrl(innocent), cookie: two }).opened();
  await Promise.all([ada.nextFrame(), bob.nextFrame()]);

  const cookies = [await server.signIn('mallory'), await server.signIn('mallet'), await server.signIn('trudy')];
  const chatId = await server.newChat(cookies[2] ?? '', ...cookies);
  const headers = { cookie: cookies[2] ?? '' };
  const invited = await server.fetch(`/create_invite/${chatId}`, { method: 'POST', headers });
  const { code } = z.object({ code: z.string() }).parse(await invited.json());
  world = { routes: await routesOfTheApp(), host: new URL(server.url).host, cookies, chatId, code };
});
afterAll(async () => {
  await server.stop('SIGKILL');
  rmSync(directory, { recursive: true });
});

async function routesOfTheApp(): Promise<FuzzWorld['routes']> {
  const app = await buildApp(readConfig({ DATABASE_URL: 'memory:' }), recordingLog());
  await app.close();
  return app.http.routes.filter(({ method }) => method !== 'ALL');
}

async function eachOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  const worker = async () => {
    for (const one of rest) await work(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What is wrong with the answer to these bytes, or undefined. */
async function wrongWith(bytes: Buffer): Promise<string | undefined> {
  const answer = await answerTo(server.url, bytes);
  const said = JSON.stringify(bytes.subarray(0, 400).toString('latin1'));
  try {
    const read = readAnswer(answer, { toHead: bytes.subarray(0, 5).toString() === 'HEAD ' });
    const wrong = read && fault(read, bytes);
    return wrong && `${wrong}, to ${said}`;
  } catch (error) {
    return `${String(error)} ${JSON.stringify(answer.slice(0, 200))}, to ${said}`;
  }
}

function fault({ status, headers, body }: HttpAnswer, bytes: Buffer): string | undefined {
  // Sign-in says so when too many want to at once.
  const mayBeBusy = bytes.includes('/auth');
  if (status >= 500 && !(status === 503 && mayBeBusy)) return `answered with ${status}`;
  if (/\bat .*\(?(file:|node:|\/).*:\d+:\d+|node_modules/.test(body)) return 'answered with a stack';
  if (body !== '' && headers.has('content-type') && headers.get('x-content-type-options') !== 'nosniff') return 'bare';
  if ([...headers.keys()].some((name) => name.startsWith('access-control'))) return 'open to other sites';
  return undefined;
}

async function converse(chat: HandshakeOptions, { protocol, frames }: Conversation): Promise<string | undefined> {
  const peer = await RawPeer.open({ ...chat, headers: { 'Sec-WebSocket-Protocol': protocol } });
  for (const frame of frames) peer.write(frame);
  peer.socket.end();
  const code = await peer.closed;
  const wrong = [
    ...(code === 1011 ? ['closed with 1011'] : []),
    ...peer.unread.filter((frame) => !isWellFormed(frame, protocol)).map(({ payload }) => `sent ${payload.toString()}`),
  ];
  return wrong.length === 0
    ? undefined
    : `${wrong.join(', ')}, to ${frames.map((frame) => frame.toString('hex')).join(' ')}`;
}

const serverFrame = z.looseObject({ type: z.enum(['ready', 'message', 'refused', 'reset', 'alive']) });

function isWellFormed({ opcode, payload }: RawPeer['unread'][number], protocol: string | undefined): boolean {
  if (opcode !== OPCODE.text) return opcode === OPCODE.ping || opcode === OPCODE.pong || opcode === OPCODE.close;
  const said = payload.toString();
  return protocol ? serverFrame.safeParse(JSON.parse(said)).success : /^(\* |[^:]+: )/.test(said);
}

/** The same process, with nothing held for those who are gone, and whose innocent members still talk. */
async function isWell(before: Vitals): Promise<void> {
  ada.post(crypto.randomUUID(), 'Are you still there?');
  const heard = await Promise.all([ada, bob].map((socket) => socket.nextTexts(1)));
  expect(heard).toEqual([['Are you still there?'], ['Are you still there?']]);
  expect(server.child.exitCode).toBeNull();
  expect(server.lines.filter((line) => /"level":(5|6)0|Unhandled|Warning/.test(line))).toEqual([]);
  // Connections that were left are let go of when the system says so.
  for (let turn = 0; turn < 2_000 && vitalsOf(server).descriptors > before.descriptors; turn += 1) await setImmediate();
  expect(vitalsOf(server).descriptors).toBeLessThanOrEqual(before.descriptors);
  // What was received and is garbage may lie outside the heap until the collector is given a reason.
  const growth = async () => {
    for (let page = 0; page < 50; page += 1) await (await server.fetch('/auth')).text();
    return vitalsOf(server).rssMiB - before.rssMiB;
  };
  await expect.poll(growth).toBeLessThan(MOST_GROWTH_MIB);
}

describe(`under FUZZ_SEED=${SEED}`, () => {
  it(`${REQUESTS + BYTES} malformed requests are answered or refused, and leave the process as it was`, async () => {
    const requests = httpRequests(world);
    const sample = (seed: number, part: number) => [
      ...fc.sample(requests, { seed, numRuns: REQUESTS * part }),
      ...fc.sample(httpBytes(requests), { seed, numRuns: BYTES * part }),
    ];
    const wrong: string[] = [];
    const send = async (bytes: Buffer) => {
      const found = await wrongWith(bytes);
      if (found) wrong.push(found);
    };
    await eachOf(sample(SEED + 1, 0.2), send);
    const before = vitalsOf(server);
    await eachOf(sample(SEED, 1), send);
    expect(wrong).toEqual([]);
    await isWell(before);
  });

  it(`${FRAMES} malformed frames are answered or refused, and leave the process as it was`, async () => {
    const cookie = await server.signIn('oscar');
    const chat = { url: server.socketUrl(await server.newChat(cookie)), cookie };
    const wrong: string[] = [];
    const talk = async (conversation: Conversation) => {
      const found = await converse(chat, conversation);
      if (found) wrong.push(found);
    };
    const sample = (seed: number, numRuns: number) => fc.sample(conversations, { seed, numRuns });
    await eachOf(sample(SEED + 1, 100), talk);
    const before = vitalsOf(server);
    const all = sample(SEED, FRAMES / 6);
    expect(all.flatMap(({ frames }) => frames).length).toBeGreaterThanOrEqual(FRAMES);
    await eachOf(all, talk);
    expect(wrong).toEqual([]);
    await isWell(before);
  });
});
