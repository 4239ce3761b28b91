import { type DestinationStream, pino } from 'pino';
import type { Log } from '../../application/ports/log.ts';
import { describeError } from './describe-error.ts';

/**
 * Writes one JSON object a line: `level`, `time` (UTC, ISO 8601), `event`, its details, and `msg`, a sentence.
 * @param to the destination; standard output by default
 */
export function makePinoLog({ level, to }: { readonly level: string; readonly to?: DestinationStream }): Log {
  const options = {
    level,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return to ? pino(options, to) : pino(options);
}
