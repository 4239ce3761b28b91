import { runFanout } from './fanout.ts';
import { runIdle } from './idle.ts';
import { runPages } from './pages.ts';
import { runSerial } from './serial.ts';
import { runStorm } from './storm.ts';
import type { Outcomes, Task } from './tasks.ts';

/** The load generator, a process of its own: it is sent one task, answers with what it measured, and ends. */
process.once('message', (task: Task) => {
  run(task).then(
    (outcome) => answer({ outcome }),
    (error: unknown) => answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});

function answer(message: object): void {
  process.send?.(message, () => process.exit());
}

function run(task: Task): Promise<Outcomes[Task['kind']]> {
  switch (task.kind) {
    case 'fanout':
      return runFanout(task);
    case 'idle':
      return runIdle(task);
    case 'storm':
      return runStorm(task);
    case 'pages':
      return runPages(task);
    case 'serial':
      return runSerial(task);
    default:
      return task satisfies never;
  }
}
