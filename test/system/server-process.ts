import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { bundleOf, COMPILED } from './programs.ts';
import { Served } from './served.ts';

/** Servers that no test has stopped end with the tests. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The real thing: a process of its own, known by what it prints and what it answers. */
export class ServerProcess extends Served {
  readonly child: ChildProcess;
  readonly lines: readonly string[];
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  private constructor(child: ChildProcess, lines: readonly string[], exited: ServerProcess['exited'], url: string) {
    super(url);
    this.child = child;
    this.lines = lines;
    this.exited = exited;
  }

  /** Resolves when it says where it listens; throws with what it printed when it ends before that. */
  static async start(
    env: Record<string, string>,
    { under = [], program = bundleOf('main') }: { under?: string[]; program?: string } = {},
  ): Promise<ServerProcess> {
    const [command = process.execPath, ...args] = [...under, process.execPath, program];
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', RATE_LIMITS: 'off', ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const lines: string[] = [];
    const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        const [listening] = line.match(/http:\/\/[0-9.:]+\//) ?? [];
        if (listening) resolve(listening);
      });
      child.once('close', (code) => reject(new Error(`It ended with ${code} and said:\n${lines.join('\n')}`)));
    });
    return new ServerProcess(child, lines, exited, url);
  }

  /** Resolves once it has printed a line with this text. */
  async printed(text: string): Promise<void> {
    while (!this.lines.some((line) => line.includes(text))) await once(this.child.stdout ?? this.child, 'data');
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.child.kill(signal);
    return this.exited;
  }
}
