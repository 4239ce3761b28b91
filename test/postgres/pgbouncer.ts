import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { freePort } from '../free-port.ts';

/** Nobody's: PgBouncer refuses to run as root. */
const UNPRIVILEGED = { uid: 65_534, gid: 65_534 };

/** A PgBouncer of its own in front of this PostgreSQL for the running test, in session mode, and otherwise as it comes. */
export async function aPgBouncer(command: string, postgresUrl: string): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-pgbouncer-'));
  const [port, { hostname, port: postgresPort, username, pathname }] = [await freePort(), new URL(postgresUrl)];
  const file = join(directory, 'pgbouncer.ini');
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${postgresPort} user=${username}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${port}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = session',
  ];
  writeFileSync(file, settings.join('\n'));
  const isRoot = userInfo().uid === 0;
  if (isRoot) for (const path of [directory, file]) chownSync(path, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  const child = spawn(command, [file], {
    ...(isRoot ? UNPRIVILEGED : {}),
    cwd: directory,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await exited;
    rmSync(directory, { recursive: true });
  });
  for await (const line of child.stderr) if (String(line).includes('process up')) break;
  child.stderr.resume();
  return `postgres://${username}@127.0.0.1:${port}${pathname}`;
}
