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

it('code that takes more than 100 ms to colour is left alone, and the next goes to a new worker', () => {
  for (const text of ['slow', 'quick']) colourCode(code(text));
  const [first] = FakeWorker.started;
  // Loading the script does not count.
  vi.advanceTimersByTime(5_000);
  expect(first?.isEnded).toBe(false);
  first?.answer('ready');
  vi.advanceTimersByTime(99);
  expect(first?.isEnded).toBe(false);
  vi.advanceTimersByTime(1);
  expect(first?.isEnded).toBe(true);
  const second = FakeWorker.started[1];
  second?.answer('ready');
  expect(second?.jobs).toEqual([{ code: 'quick', language: 'ts' }]);
  second?.answer([['quick', null]]);
  vi.advanceTimersByTime(1_000);
  expect(second?.isEnded).toBe(false);
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
