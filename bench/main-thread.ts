import type { Browser } from 'playwright-core';

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  /** In microseconds of the thread's CPU time. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** The CPU time of each task of the main threads of pages, in milliseconds, longest first. */
export async function tasksDuring(traced: Browser, act: () => Promise<void>): Promise<readonly number[]> {
  const session = await traced.newBrowserCDPSession();
  const events: TraceEvent[] = [];
  // The protocol says only that events are objects.
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await session.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', '__metadata'] } });
  await act();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const main = events.filter(({ args }) => args.name === 'CrRendererMain');
  const isOfMain = ({ pid, tid }: TraceEvent) => main.some((thread) => thread.pid === pid && thread.tid === tid);
  const tasks = events.filter((event) => event.name.endsWith('RunTask') && isOfMain(event));
  return tasks.map(({ tdur = 0 }) => tdur / 1_000).toSorted((a, b) => b - a);
}
