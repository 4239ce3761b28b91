import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { Audience } from './audience.ts';
import { Histogram } from './histogram.ts';
import { getRequest, HttpConnection } from './http-connection.ts';
import { cpuSeconds } from './server-stats.ts';
import type { SerialResult, SerialTarget, SerialTask } from './tasks.ts';

const WARM_UP = 50;
const ANSWER_MS = 10_000;
/** A chat is quiet when a post comes: soon after another it may be held back, to leave together with the next. */
const QUIET_MS = 20;

/** A post until its delivery, then the page with that post on it; the servers in turn, so that they share all weather. */
export async function runSerial({ servers, repetitions }: SerialTask): Promise<SerialResult> {
  const visitors = await Promise.all(servers.map(Visitor.arrive));
  for (let round = 0; round < WARM_UP + repetitions; round++) {
    for (const visitor of visitors) {
      if (round === WARM_UP) visitor.startMeasuring();
      await visitor.postAndLook();
    }
    await sleep(QUIET_MS);
  }
  const results = visitors.map((visitor) => visitor.result(repetitions));
  for (const visitor of visitors) await visitor.leave();
  return { servers: results };
}

class Visitor {
  readonly #pid: number;
  readonly #audience: Audience;
  readonly #http: HttpConnection;
  readonly #page: Buffer;
  #posts = new Histogram();
  #pages = new Histogram();
  #cpu = 0;

  static async arrive(this: void, { target, page }: SerialTarget): Promise<Visitor> {
    const load = { loop: 'closed', window: 1 } as const;
    const alone = { followers: 1, senders: 1, load, warmUpSeconds: 0, seconds: 0 };
    const audience = new Audience({ kind: 'fanout', target, ...alone });
    await audience.connect();
    return new Visitor(audience, target, getRequest(target.port, page));
  }

  private constructor(audience: Audience, { pid, port }: SerialTarget['target'], page: Buffer) {
    this.#audience = audience;
    this.#pid = pid;
    this.#http = new HttpConnection(port);
    this.#page = page;
  }

  startMeasuring(): void {
    this.#posts = new Histogram();
    this.#pages = new Histogram();
    this.#cpu = cpuSeconds(this.#pid);
  }

  async postAndLook(): Promise<void> {
    const start = performance.now();
    const due = this.#audience.deliveries + 1;
    this.#audience.senders[0]?.post(1, start);
    while (this.#audience.deliveries < due) {
      if (performance.now() - start > ANSWER_MS) throw new Error('A post was never delivered');
      await turn();
    }
    const delivered = performance.now();
    await this.#http.get(this.#page);
    this.#posts.record(delivered - start);
    this.#pages.record(performance.now() - delivered);
  }

  result(repetitions: number): SerialResult['servers'][number] {
    const cpu = ((cpuSeconds(this.#pid) - this.#cpu) * 1000) / repetitions;
    return { post: this.#posts.quantile(0.5), page: this.#pages.quantile(0.5), cpu };
  }

  async leave(): Promise<void> {
    this.#http.close();
    await this.#audience.crowd.leave();
  }
}
