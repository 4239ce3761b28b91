import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Outcomes, Task } from '../load/tasks.ts';
import { generatorPrefix } from './pinning.ts';

const GENERATOR = fileURLToPath(new URL('../load/generator.ts', import.meta.url));

type Answer<Kind extends Task['kind']> = { readonly outcome: Outcomes[Kind] } | { readonly error: string };

/** Runs one task in a generator of its own, on the core the servers do not have. */
export function generate<Kind extends Task['kind']>(task: Task & { readonly kind: Kind }): Promise<Outcomes[Kind]> {
  const [command = '', ...args] = [...generatorPrefix, process.execPath, GENERATOR];
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((resolve, reject) => {
    child.once('message', (answer: Answer<Kind>) => {
      if ('error' in answer) reject(new Error(answer.error));
      else resolve(answer.outcome);
    });
    child.once('exit', (code) => reject(new Error(`The load generator ended with ${code}`)));
    child.send(task);
  });
}
