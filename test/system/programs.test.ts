import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { say, textsOf } from './fault-server.ts';
import { COMPILED, type Program, sourceOf } from './programs.ts';
import { ServerProcess } from './server-process.ts';

it('serves, backs up, restores and moves an installation by the programs as they are in the source', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-programs-'));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const [first, copy, restored, moved] = ['first', 'copy', 'restored', 'moved'].map((name) => join(directory, name));

  const server = await startFromSource(`sqlite:${first}`);
  const ada = await server.signIn('ada');
  const chat = await server.newChat(ada);
  expect((await say(server, chat, ada, 'Ahoy')).status).toBe(201);
  expect(await server.stop()).toEqual({ code: 0, signal: null });

  expect(await exitOf('backup', `sqlite:${first}`, `${copy}`)).toMatchObject({ code: 0 });
  expect(await exitOf('restore', `sqlite:${restored}`, `${copy}`)).toMatchObject({ code: 0 });
  expect(await exitOf('move', 'memory:', `sqlite:${restored}`, `sqlite:${moved}`)).toMatchObject({ code: 0 });

  const other = await startFromSource(`sqlite:${moved}`);
  expect(await textsOf(other, chat, await other.signIn('ada'))).toEqual(['Ahoy']);
  expect(await other.stop()).toEqual({ code: 0, signal: null });
});

async function startFromSource(DATABASE_URL: string): Promise<ServerProcess> {
  const server = await ServerProcess.start({ DATABASE_URL }, { program: sourceOf('main') });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

async function exitOf(program: Program, DATABASE_URL: string, ...args: readonly string[]) {
  const env = { PATH: process.env.PATH, DATABASE_URL, ...COMPILED };
  const child = spawn(process.execPath, [sourceOf(program), ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  return { code, err };
}
