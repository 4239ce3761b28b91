import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Kills its whole process group when the program ends, and when its own input does: that is when the tests are gone. */
const GUARD = '("$@"; kill -KILL 0) & read -r _; kill -KILL 0';

/** A program that starts others, with a home of its own: all of it goes when it is ended. */
export class Child {
  readonly #process: ChildProcess;
  readonly #home: string;
  readonly #exited: Promise<unknown>;

  constructor(command: string, options: ChildOptions) {
    this.#home = mkdtempSync(join(tmpdir(), 'shoal-engine-'));
    const home = { HOME: this.#home, XDG_RUNTIME_DIR: this.#home, XDG_CACHE_HOME: join(this.#home, 'cache') };
    this.#process = spawn('sh', ['-c', GUARD, 'sh', command, ...options.args(this.#home)], {
      env: { PATH: process.env.PATH, ...home, ...options.env },
      stdio: ['pipe', 'ignore', 'pipe', 'pipe'] satisfies StdioOptions,
      detached: true,
    });
    this.#exited = once(this.#process, 'exit');
    // Nobody may want to read what it prints, and it must not wait for that.
    this.#process.stderr?.resume();
  }

  get isRunning(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null;
  }

  async end(): Promise<void> {
    this.#process.stdin?.end();
    await this.#exited;
    // What the program started may still be writing there.
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 10 });
  }

  /** The first group of the pattern, once the program has printed what matches it. */
  printed(descriptor: 2 | 3, pattern: RegExp): Promise<string> {
    return new Promise((resolve, reject) => {
      let said = '';
      this.#process.stdio[descriptor]?.on('data', (chunk) => {
        said += chunk;
        const found = pattern.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
      this.#exited.then(() => reject(new Error(`It has ended, and said:\n${said}`)), reject);
    });
  }
}

export interface ChildOptions {
  /** @param home the directory of the program alone */
  readonly args: (home: string) => readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}
