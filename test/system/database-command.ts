import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { bundleOf, COMPILED } from './programs.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** What `npm run backup`, `npm run restore`, `npm run admin` and their like run, as a process of its own. */
export async function run(
  name: 'backup' | 'restore' | 'admin' | 'doctor' | 'reindex',
  database: string,
  ...args: readonly string[]
): Promise<CommandResult> {
  const DATABASE_URL = database.includes(':') ? database : `sqlite:${database}`;
  const env = { PATH: process.env.PATH, DATABASE_URL, ...COMPILED };
  const child = spawn(process.execPath, [bundleOf(name), ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [out, err, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code, out: linesOf(out), err: linesOf(err) };
}

const linesOf = (printed: string): string[] => printed.split('\n').filter((line) => line !== '');
