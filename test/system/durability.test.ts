import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { ChatSocket } from '../websocket/chat-client.ts';
import { ServerProcess } from './server-process.ts';

const strace = findComponent('strace');
const directory = mkdtempSync(join(tmpdir(), 'shoal-durability-'));
afterAll(() => rmSync(directory, { recursive: true }));

const WRITES = 'trace=write,writev,sendto,sendmsg,pwrite64,fsync,fdatasync';

describe.skipIf(strace.isMissing)('what the process asks of the system', () => {
  it('CR-2: is to sync the log before anybody is shown the message', async () => {
    const trace = join(directory, 'trace');
    const env = { DATABASE_URL: `sqlite:${join(directory, 'traced.db')}` };
    const under = [strace.path, '--follow-forks', '--decode-fds', '--string-limit=70000', '-e', WRITES, '-o', trace];
    const server = await ServerProcess.start(env, { under });
    const [ada, bob] = [await server.signIn('ada'), await server.signIn('bob')];
    const chatId = await server.newChat(ada, bob);
    const sockets = [];
    for (const cookie of [ada, bob]) {
      const socket = await new ChatSocket({ url: server.socketUrl(chatId), cookie }).opened();
      await socket.nextTexts(1);
      sockets.push(socket);
    }
    const [one] = sockets;
    one?.post('traced', 'the-marker-of-this-test');
    for (const socket of sockets) await socket.nextTexts(1);
    // The tracer passes the signal on to the one process it follows.
    process.kill(tracedPid(trace), 'SIGTERM');
    await server.exited;

    const calls = readFileSync(trace, 'utf8').split('\n');
    const written = calls.findIndex((call) => call.includes('pwrite64') && call.includes('the-marker-of-this-test'));
    const synced = calls.findIndex((call, n) => n > written && /f(data)?sync\(\d+<[^>]*traced\.db-wal>/.test(call));
    const isShown = (call: string) =>
      /(write|writev|send\w+)\(\d+<(socket|TCP)/.test(call) && call.includes('the-marker');
    const shown = calls.flatMap((call, n) => (isShown(call) ? [n] : []));
    expect(written).toBeGreaterThan(0);
    expect(synced).toBeGreaterThan(written);
    expect(shown).toHaveLength(2);
    for (const n of shown) expect(n).toBeGreaterThan(synced);
  });
});

/** The first process in the trace is the server; its threads come later. */
function tracedPid(trace: string): number {
  return Number(/^\d+/.exec(readFileSync(trace, 'utf8'))?.[0]);
}
