import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { serverPrefix } from './pinning.ts';

const START_MS = 60_000;
const STOP_MS = 10_000;
const ADDRESS = /http:\/\/127\.0\.0\.1:(\d+)\//;

export interface Program {
  readonly file: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeFlags?: readonly string[];
}

const running = new Set<ChildProcess>();

/** No server outlives the benchmark, however that ends. */
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

/** A server in its own process, on its own core. */
export class ServerProcess {
  readonly pid: number;
  readonly port: number;
  /** From the start of the process until it listened. */
  readonly startMs: number;
  readonly #child: ChildProcess;

  static async start(this: void, { file, env = {}, nodeFlags = [] }: Program): Promise<ServerProcess> {
    const [command = '', ...args] = [...serverPrefix, process.execPath, ...nodeFlags, file];
    const started = performance.now();
    const child = spawn(command, args, {
      env: { ...process.env, NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const port = await addressOf(child, file);
    return new ServerProcess(child, { port, startMs: performance.now() - started });
  }

  private constructor(child: ChildProcess, { port, startMs }: { port: number; startMs: number }) {
    this.#child = child;
    this.pid = child.pid ?? 0;
    this.port = port;
    this.startMs = startMs;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) {
      throw new Error(`A server had stopped by itself: ${this.#child.exitCode ?? this.#child.signalCode}`);
    }
    const exit = once(this.#child, 'exit');
    const impatience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    this.#child.kill('SIGTERM');
    await exit;
    clearTimeout(impatience);
  }
}

function addressOf(child: ChildProcess, file: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    const fail = (why: string) => reject(new Error(`${file} ${why}\n${output.slice(-2000)}`));
    const patience = setTimeout(() => fail('did not say where it listens'), START_MS);
    child.once('exit', (code) => fail(`ended with ${code}`));
    const hear = (chunk: Buffer) => {
      // Once it listens, its output is only drained.
      if (output === 'listening') return;
      output += chunk.toString();
      const port = ADDRESS.exec(output)?.[1];
      if (port === undefined) return;
      output = 'listening';
      clearTimeout(patience);
      resolve(Number(port));
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', (chunk: Buffer) => {
      if (output === 'listening') process.stderr.write(chunk);
      else hear(chunk);
    });
  });
}
