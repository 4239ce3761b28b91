import { boundLog } from '../adapters/pino/bounded-log.ts';
import { makePinoLog } from '../adapters/pino/log.ts';
import { LogOutput } from '../adapters/pino/log-output.ts';
import { systemTimer } from '../adapters/system/timer.ts';
import type { Log } from '../application/ports/log.ts';

const STANDARD_OUTPUT = 1;

/** The log of a running server. */
export interface ServerLog extends Log {
  /** Lines dropped since the start because they could not be written. */
  readonly droppedLines?: () => number;
}

/** The log on standard output, with limits on the lines that an attacker can cause. */
export function openLog(level: string): ServerLog {
  const output = new LogOutput(STANDARD_OUTPUT);
  const unbounded = makePinoLog({ level, to: output });
  output.onWorksAgain = (lines) => {
    unbounded.warn(
      { event: 'log_lines_dropped', lines },
      'log lines were dropped because standard output could not be written',
    );
  };
  return { ...boundLog(unbounded, systemTimer), droppedLines: () => output.dropped };
}
