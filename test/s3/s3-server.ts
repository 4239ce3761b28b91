import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findOnPath } from '../components.ts';
import { freePort } from '../free-port.ts';

/** Servers that no test has stopped end with the tests. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Where versitygw is. Unlike other components it is in no distribution: CI makes it where it has Go, and skips these suites elsewhere. */
export function findS3Server(): { readonly path: string; readonly isMissing: boolean } {
  const path = findOnPath('versitygw', [join(homedir(), 'go', 'bin')]);
  if (!path)
    process.stderr.write(
      'Skipping what needs an S3 server: versitygw is not on the PATH (go install github.com/versity/versitygw/cmd/versitygw@v1.8.0).\n',
    );
  return { path: path ?? '', isMissing: path === undefined };
}

/** A real server that speaks S3, with one bucket. Its key is `key` and its secret `s/e+c ret`. */
export class S3Server {
  readonly directory = mkdtempSync(join(tmpdir(), 'shoal-s3-'));
  readonly port: number;
  readonly #path: string;
  #child: ChildProcess | undefined;

  private constructor(path: string, port: number) {
    this.#path = path;
    this.port = port;
    mkdirSync(join(this.directory, 'buckets', 'shoal'), { recursive: true });
  }

  static async start(path: string): Promise<S3Server> {
    const server = new S3Server(path, await freePort());
    await server.resume();
    return server;
  }

  get address() {
    return {
      ...({ protocol: 'http:', host: `127.0.0.1:${this.port}`, bucket: 'shoal', region: 'us-east-1' } as const),
      ...{ accessKey: 'key', secretKey: 's/e+c ret', spoolDirectory: tmpdir() },
    };
  }

  /** As in FILES_URL, with a folder of its own. */
  url(folder = '', { secret = 's%2Fe%2Bc%20ret', bucket = 'shoal', port = this.port } = {}): string {
    return `s3://key:${secret}@127.0.0.1:${port}/${bucket}${folder && `/${folder}`}?region=us-east-1`;
  }

  async resume(): Promise<void> {
    const env = { ...process.env, ROOT_ACCESS_KEY: 'key', ROOT_SECRET_KEY: 's/e+c ret' };
    const place = [
      '--port',
      `127.0.0.1:${this.port}`,
      '--quiet',
      '--keep-alive',
      'posix',
      join(this.directory, 'buckets'),
    ];
    this.#child = spawn(this.#path, place, { env, stdio: 'ignore' });
    running.add(this.#child);
    while (!(await answers(this.port))) await sleep(20);
  }

  async pause(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await exited;
    running.delete(child);
  }

  async stop(): Promise<void> {
    await this.pause();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
