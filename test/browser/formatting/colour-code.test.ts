import { build } from 'esbuild';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

interface Job {
  readonly code: string;
  readonly language: string;
}

/** A worker that answers when the test says so. */
class FakeWorker {
  static readonly started: FakeWorker[] = [];
  readonly jobs: Job[] = [];
  isEnded = false;
  onmessage: (event: { data: unknown }) => void = () => {};
  onerror: () => void = () => {};

  constructor() {
    FakeWorker.started.push(this);
  }

  postMessage(job: Job): void {
    this.jobs.push(job);
  }

  terminate(): void {
    this.isEnded = true;
  }

  answer(data: unknown): void {
    this.onmessage({ data });
  }
}

const code = (textContent: string) => ({ textContent, isConnected: false, getAttribute: () => 'ts' });
let colourCode: (element: unknown) => void;

beforeEach(async () => {
  vi.useFakeTimers();
  FakeWorker.started.length = 0;
  Object.assign(globalThis, { Worker: FakeWorker });
  const { outputFiles } = await build({
    entryPoints: ['src/adapters/browser/formatting/code/colour-code.ts'],
    bundle: true,
    write: false,
    format: 'esm',
    define: { ASSETS: '{}' },
  });
  // Each test has a module of its own, which has its state.
  const script = `${outputFiles[0]?.text}//${Math.random()}`;
  ({ colourCode } = await import(`data:text/javascript,${encodeURIComponent(script)}`));
});
afterEach(() => {
  vi.useRealTimers();
  Reflect.deleteProperty(globalThis, 'Worker');
});

it('code that takes more than 100 ms to colour is tried once again, behind what waits, and then left alone', () => {
  for (const text of ['slow', 'quick']) colourCode(code(text));
  const [first] = FakeWorker.started;
  // Loading the script and compiling the grammar do not count.
  vi.advanceTimersByTime(5_000);
  first?.answer('ready');
  vi.advanceTimersByTime(5_000);
  first?.answer('started');
  vi.advanceTimersByTime(99);
  expect(first?.isEnded).toBe(false);
  vi.advanceTimersByTime(1);
  expect(first?.isEnded).toBe(true);
  const second = FakeWorker.started[1];
  second?.answer('ready');
  second?.answer('started');
  second?.answer([['quick', null]]);
  second?.answer('started');
  expect(second?.jobs.map((job) => job.code)).toEqual(['quick', 'slow']);
  vi.advanceTimersByTime(100);
  expect(second?.isEnded).toBe(true);
  expect(FakeWorker.started).toHaveLength(2);
});

it('code of more than 10,000 characters is not coloured', () => {
  colourCode(code('x'.repeat(10_001)));
  expect(FakeWorker.started).toEqual([]);
  colourCode(code('x'.repeat(10_000)));
  expect(FakeWorker.started).toHaveLength(1);
});

it('one job is given at a time', () => {
  for (const text of ['a', 'b']) colourCode(code(text));
  const [worker] = FakeWorker.started;
  worker?.answer('ready');
  expect(worker?.jobs.map((job) => job.code)).toEqual(['a']);
  worker?.answer([['a', null]]);
  expect(worker?.jobs.map((job) => job.code)).toEqual(['a', 'b']);
  worker?.answer([['b', null]]);
  colourCode(code('c'));
  expect(worker?.jobs.map((job) => job.code)).toEqual(['a', 'b', 'c']);
});

it('nothing is tried again where the worker cannot be loaded', () => {
  for (const text of ['a', 'b']) colourCode(code(text));
  FakeWorker.started[0]?.onerror();
  vi.advanceTimersByTime(10_000);
  expect(FakeWorker.started).toHaveLength(1);
});
