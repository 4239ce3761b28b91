import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../free-port.ts';

/** Servers that no test has stopped end with the tests. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A real Redis server that keeps nothing on disk. */
export class RedisServer {
  readonly #path: string;
  readonly #port: number;
  readonly #under: readonly string[];
  #child: ChildProcess | undefined;

  private constructor(path: string, port: number, under: readonly string[]) {
    this.#path = path;
    this.#port = port;
    this.#under = under;
  }

  /** `under` is a command to run it under. */
  static async start(path: string, under: readonly string[] = []): Promise<RedisServer> {
    const server = new RedisServer(path, await freePort(), under);
    await server.resume();
    return server;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts it, empty, and resolves when it takes connections. */
  async resume(): Promise<void> {
    const settings = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
    const [command = '', ...args] = [...this.#under, this.#path];
    const child = spawn(command, [...args, ...settings], { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#child = child;
    running.add(child);
    for await (const line of child.stdout) if (String(line).includes('Ready to accept connections')) break;
    child.stdout.resume();
  }

  /** For a test that may have failed before it did. */
  async resumeIfStopped(): Promise<void> {
    if (this.#child?.signalCode) await this.resume();
  }

  /** It stays where it is, with all its connections, and does nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    running.delete(child);
  }
}
