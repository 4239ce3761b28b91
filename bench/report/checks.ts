import type { Medians } from './medians.ts';

/** A figure that must be at least, or at most, so much. */
export interface Check {
  readonly claim: string;
  readonly figure: number;
  readonly bound: number;
  readonly wanted: 'at least' | 'at most';
  readonly unit: string;
}

/** Whether it holds; undefined when this run did not measure it. */
export function holds({ figure, bound, wanted }: Check): boolean | undefined {
  if (Number.isNaN(figure)) return undefined;
  return wanted === 'at least' ? figure >= bound : figure <= bound;
}

const CPU = 'deliveries per CPU-second against Socket.IO';

/** What the product promises of its speed, on medians over the rounds. */
export function checks(medians: Medians): readonly Check[] {
  const ofShoal = (subject: string, value: string) => medians.of('fanout', subject, 'shoal', value);
  const onCpu = (subject: string, bound: number): Check => {
    const [shoal, socketio] = ['shoal', 'socketio'].map((name) =>
      medians.of('fanout', subject, name, 'deliveriesPerCpuSecond'),
    );
    return atLeast(`${subject}: ${CPU}`, ratio(shoal, socketio), bound);
  };
  const p50 = (subject: string, ms: number) => atMost(`${subject}: p50`, ofShoal(subject, 'p50'), ms, 'ms');
  const p99 = (subject: string, ms: number) => atMost(`${subject}: p99`, ofShoal(subject, 'p99'), ms, 'ms');
  return [
    onCpu('1x1000 saturation', 35),
    onCpu('1x200 saturation', 25),
    onCpu('50x20 saturation', 4.5),
    onCpu('1x200 shallow', 25),
    onCpu('50x20 shallow', 4.5),
    p50('1x200 few', 5),
    onCpu('1x200 200k', 3.5),
    p50('1x200 200k', 10),
    p99('1x200 200k', 20),
    onCpu('1x1000 200k', 3),
    p99('1x1000 200k', 40),
    ...['1x200 20k', '1x1000 20k', '50x20 20k'].flatMap((subject) => [
      onCpu(subject, subject.startsWith('1x200 ') ? 1.5 : 1),
      p50(subject, 3),
      p99(subject, 12),
    ]),
    ...connectionChecks(medians),
    ...pageChecks(medians),
    ...scaleChecks(medians),
    ...lossChecks(medians),
  ];
}

function connectionChecks(medians: Medians): readonly Check[] {
  const memory = medians.of('memory', '5000 idle', 'shoal', 'kibPerSocket');
  const storm = (contender: string, value: string) => medians.of('storm', '2000 × 3', contender, value);
  const logins = ratio(storm('shoal', 'loginsPerSecond'), storm('socketio', 'loginsPerSecond'));
  return [
    atMost('memory per idle socket of 5,000', memory, 14, 'KiB'),
    atLeast('logins per second in a storm of 2,000 against Socket.IO', logins, 1.5),
    atMost('memory after three storms against after the first', storm('shoal', 'rssGrowth'), 1.2),
  ];
}

function pageChecks(medians: Medians): readonly Check[] {
  const rate = (subject: string, contender: string) => medians.of('pages', subject, contender, 'pagesPerSecond');
  return [
    atLeast('warm pages per second against Express + EJS', ratio(rate('warm', 'shoal'), rate('warm', 'express')), 8),
    atLeast('cold pages per second against Express + EJS', ratio(rate('cold', 'shoal'), rate('cold', 'express')), 1.5),
  ];
}

function scaleChecks(medians: Medians): readonly Check[] {
  const at = (subject: string, value: string) => medians.of('scale', subject, 'shoal', value);
  const growth = (value: string) => ratio(at('1,000,000 messages', value), at('1,000 messages', value));
  return [
    atMost('listening with 1,000,000 messages stored', at('1,000,000 messages', 'startMs'), 1000, 'ms'),
    atMost('a post at 1,000,000 messages against one at 1,000', growth('post'), 1.2),
    atMost('a page at 1,000,000 messages against one at 1,000', growth('page'), 1.2),
    atMost('CPU of both at 1,000,000 messages against at 1,000', growth('cpu'), 1.2),
  ];
}

/** Over every step of every round and every contender. */
export function lossChecks(medians: Medians): readonly Check[] {
  return [
    atMost('deliveries missing', medians.total('missing'), 0),
    atMost('deliveries that came twice', medians.total('duplicates'), 0),
    atMost('deliveries or followers out of order', medians.total('disordered'), 0),
    atMost('chats that were not stored as they were shown', medians.total('chatsNotAsStored'), 0),
  ];
}

export function atLeast(claim: string, figure: number, bound: number, unit = '×'): Check {
  return { claim, figure, bound, wanted: 'at least', unit };
}

export function atMost(claim: string, figure: number, bound: number, unit = bound === 0 ? '' : '×'): Check {
  return { claim, figure, bound, wanted: 'at most', unit };
}

export function ratio(figure = Number.NaN, against = Number.NaN): number {
  return figure / against;
}
