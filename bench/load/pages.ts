import { Histogram } from './histogram.ts';
import { getRequest, HttpConnection } from './http-connection.ts';
import { cpuSeconds } from './server-stats.ts';
import type { PagesResult, PagesTask } from './tasks.ts';

/** Asks for pages over some connections, each of which asks again as soon as it has its answer. */
export async function runPages(task: PagesTask): Promise<PagesResult> {
  const run = new PagesRun(task);
  const connections = Array.from({ length: task.connections }, () => new HttpConnection(task.port));
  await Promise.all(connections.map((connection) => run.askAgainAndAgain(connection)));
  for (const connection of connections) connection.close();
  return run.result();
}

class PagesRun {
  readonly #task: PagesTask;
  readonly #requests: readonly Buffer[];
  readonly #latencies = new Histogram();
  readonly #start = performance.now();
  #asked = 0;
  #bytes = 0;
  #from: { at: number; cpu: number } | undefined;

  constructor(task: PagesTask) {
    this.#task = task;
    this.#requests = task.requests.map((request) => getRequest(task.port, request));
  }

  async askAgainAndAgain(connection: HttpConnection): Promise<void> {
    for (let request = this.#next(); request !== undefined; request = this.#next()) {
      if (this.#from === undefined && this.#isWarm()) this.#from = this.#reading();
      const asked = performance.now();
      const bytes = await connection.get(request);
      if (bytes < this.#task.minimumBytes) throw new Error(`A page of ${bytes} bytes only`);
      if (this.#from === undefined) continue;
      this.#latencies.record(performance.now() - asked);
      this.#bytes += bytes;
    }
  }

  result(): PagesResult {
    if (this.#from === undefined) throw new Error('Nothing was measured');
    const { at, cpu } = this.#reading();
    const pages = this.#latencies.count;
    return {
      pagesPerSecond: (pages * 1000) / (at - this.#from.at),
      pagesPerCpuSecond: pages / (cpu - this.#from.cpu),
      p50: this.#latencies.quantile(0.5),
      p99: this.#latencies.quantile(0.99),
      bytes: this.#bytes / pages,
    };
  }

  #next(): Buffer | undefined {
    const { until } = this.#task;
    const over =
      until.order === 'each once'
        ? this.#asked >= this.#requests.length
        : performance.now() - this.#start > (until.warmUpSeconds + until.seconds) * 1000;
    return over ? undefined : this.#requests[this.#asked++ % this.#requests.length];
  }

  #isWarm(): boolean {
    const { until } = this.#task;
    return until.order === 'each once'
      ? this.#asked > until.warmUpRequests
      : performance.now() - this.#start > until.warmUpSeconds * 1000;
  }

  #reading(): { at: number; cpu: number } {
    return { at: performance.now(), cpu: cpuSeconds(this.#task.pid) };
  }
}
