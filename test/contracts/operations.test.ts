import type { DestinationStream } from 'pino';
import { boundLog } from '../../src/adapters/pino/bounded-log.ts';
import { makePinoLog } from '../../src/adapters/pino/log.ts';
import { makeMetrics } from '../../src/adapters/prometheus/metrics.ts';
import { manualTimer, recordingLog } from '../fakes.ts';
import { type LogHome, logContract, type WrittenLine } from './log-contract.ts';
import { measurementsContract } from './measurements-contract.ts';

function written(lines: readonly string[]): readonly WrittenLine[] {
  return lines.map((line) => {
    const { level, event, msg, ...details } = JSON.parse(line);
    return { level, event, message: msg, details };
  });
}

function aPinoLog(): { readonly log: ReturnType<typeof makePinoLog>; readonly written: LogHome['written'] } {
  const lines: string[] = [];
  const to: DestinationStream = { write: (line) => void lines.push(line) };
  return { log: makePinoLog({ level: 'info', to }), written: () => written(lines) };
}

logContract('pino', aPinoLog);
logContract('pino, bounded', () => {
  const pino = aPinoLog();
  return { ...pino, log: boundLog(pino.log, manualTimer()) };
});
logContract('tests, which can be read', () => {
  const log = recordingLog();
  return {
    log,
    written: () =>
      log.entries.map(({ level, details: { event, ...details }, message }) => ({ level, event, message, details })),
  };
});

measurementsContract('prometheus', () => makeMetrics({ version: '1.0.0' }).measurements);
