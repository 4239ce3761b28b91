import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { afterPowerLoss, readTrace, type Survival, TRACING } from './disk-trace.ts';
import { ServerProcess } from './server-process.ts';

const strace = findComponent('strace');
const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);
const POSTS = 120;
const CUTS = 20;

const directory = mkdtempSync(join(tmpdir(), 'shoal-power-'));
afterAll(() => rmSync(directory, { recursive: true }));

/** The calls of a server under whose load the power might go at any moment. */
async function traceOfPosts(): Promise<ReturnType<typeof readTrace>> {
  const trace = join(directory, 'trace');
  const env = { DATABASE_URL: `sqlite:${join(directory, 'power.db')}` };
  const server = await ServerProcess.start(env, { under: [strace.path, ...TRACING, '-o', trace] });
  const cookie = await server.signIn('ada');
  const socket = await new ChatSocket({ url: server.socketUrl(await server.newChat(cookie)), cookie }).opened();
  await socket.nextTexts(1);
  // In bursts of different sizes, so that commits are of one post and of many.
  for (let n = 0; n < POSTS; ) {
    const burst = Math.min(POSTS - n, 1 + ((n * 7) % 12));
    for (let one = 0; one < burst; one += 1) socket.post(`n-${n + one}`, `said<${n + one}>`);
    await socket.nextTexts(burst);
    n += burst;
  }
  process.kill(Number(/^\d+/.exec(readFileSync(trace, 'utf8'))?.[0]), 'SIGKILL');
  await server.exited;
  return readTrace(readFileSync(trace, 'utf8'));
}

function textsAfter(files: ReadonlyMap<string, Buffer>): {
  readonly texts: readonly string[];
  readonly isIntact: boolean;
} {
  const lost = mkdtempSync(join(directory, 'lost-'));
  for (const [path, bytes] of files) {
    if (/power\.db(-wal)?$/.test(path)) writeFileSync(join(lost, basename(path)), bytes);
  }
  const database = new Database(join(lost, 'power.db'));
  const texts = database.prepare(`select text from messages where text like 'said<%' order by position`).pluck().all();
  const isIntact = database.pragma('integrity_check', { simple: true }) === 'ok';
  database.close();
  rmSync(lost, { recursive: true });
  return { texts: texts.map(String), isIntact };
}

describe.skipIf(strace.isMissing)('CR-5: the power goes', () => {
  it(`CR-5: and whatever was shown is there, whatever of the rest the disk has (CRASH_SEED=${SEED})`, async () => {
    const events = await traceOfPosts();
    const shownAt = events.flatMap((event, at) => {
      const said = event.type === 'send' ? [...event.bytes.toString().matchAll(/said<\d+>/g)].map(String) : [];
      return said.length > 0 ? [{ at, said }] : [];
    });
    expect(shownAt.flatMap(({ said }) => said)).toHaveLength(POSTS);

    const first = shownAt[0]?.at ?? 0;
    const cuts = fc.sample(fc.integer({ min: first, max: events.length - 1 }), { numRuns: CUTS, seed: SEED });
    const chances = fc.sample(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50 }), {
      numRuns: CUTS,
      seed: SEED,
    });
    for (const [n, cut] of [...cuts, events.length - 1].entries()) {
      let turn = 0;
      const byChance: Survival = (bytes) => {
        turn += 1;
        const chance = chances[n % CUTS]?.[turn % 50] ?? 0;
        return chance < 0.3 ? 0 : chance > 0.7 ? bytes.length : Math.floor(bytes.length * chance);
      };
      const shown = shownAt.filter(({ at }) => at <= cut).flatMap(({ said }) => said);
      for (const survival of [() => 0, byChance]) {
        const { texts, isIntact } = textsAfter(afterPowerLoss(events.slice(0, cut + 1), survival));
        expect(isIntact).toBe(true);
        expect(new Set(texts).size).toBe(texts.length);
        expect(texts.slice(0, shown.length)).toEqual(shown);
      }
    }
  });
});
