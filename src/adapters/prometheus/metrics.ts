import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BudgetName } from '../../application/ports/budgets.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { LimitName } from '../../application/ports/rate-limits.ts';
import { JOB_KINDS } from '../../domain/jobs/job.ts';

export interface Metrics {
  readonly measurements: Measurements;
  /** Adds a gauge whose value is asked for when somebody reads the metrics. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** Adds a counter whose value is kept elsewhere and never falls. */
  counter(name: string, help: string, read: () => number): void;
  /** All of them in Prometheus' text format, with its media type. */
  read(): Promise<{ readonly text: string; readonly type: string }>;
}

/** These count what is open by listing it, which takes a while where there are ten thousand sockets. */
const COSTLY = ['handles', 'handles_total', 'requests', 'requests_total', 'resources', 'resources_total'];

/** From the fsync of a good disk to longer than anybody waits. */
const COMMIT_SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];
const BATCH_UNITS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

const AT_FIRST: Readonly<Record<LimitName | BudgetName, 0>> = {
  sign_in_failures: 0,
  sign_in_failures_of_address: 0,
  sign_in_failures_of_network: 0,
  sign_in_failures_of_name: 0,
  registrations: 0,
  new_chats: 0,
  new_invites: 0,
  writes: 0,
  reads: 0,
  signals: 0,
  stored_bytes: 0,
};

/** `docs/operations.md` lists every metric. No label has values from outside, so that there is a fixed number of series. */
export function makeMetrics({ version }: { readonly version: string }): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  for (const name of COSTLY) registry.removeSingleMetric(`nodejs_active_${name}`);
  new Gauge({ name: 'shoal_build_info', help: 'Always 1.', labelNames: ['version', 'node'], registers })
    .labels({ version, node: process.version })
    .set(1);

  return {
    measurements: measuring(registers),
    gauge(name, help, read) {
      new Gauge({
        name,
        help,
        registers,
        async collect() {
          // One that cannot be read keeps nobody from the others.
          this.set(
            await Promise.resolve()
              .then(read)
              .catch(() => Number.NaN),
          );
        },
      });
    },
    counter(name, help, read) {
      new Counter({
        name,
        help,
        registers,
        collect() {
          this.reset();
          this.inc(read());
        },
      });
    },
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}

function measuring(registers: Registry[]): Measurements {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `shoal_${name}_total`, help, labelNames, registers });
  const posts = counter('posts', 'Messages that people posted and that were stored.');
  const deliveries = counter('deliveries', 'Messages handed over to followers, each counted once for each follower.');
  const signIns = counter('sign_ins', 'Attempts to sign in, by how they went.', 'result');
  const refusals = counter('refusals', 'Requests and frames that were refused, by code.', 'code', 'over');
  const limits = counter('limits_reached', 'Times that somebody wanted more than a limit had left.', 'limit');
  const closed = counter('sockets_closed', 'Sockets that the server closed, by code.', 'code');
  const jobs = counter('jobs', 'Attempts at jobs, by how they ended.', 'kind', 'outcome');
  const followers = new Gauge({ name: 'shoal_followers', help: 'Followers of chats at this moment.', registers });
  const seconds = new Histogram({
    name: 'shoal_commit_seconds',
    help: 'How long transactions took, from their begin until they were synced to the disk.',
    buckets: COMMIT_SECONDS,
    registers,
  });
  const batch = new Histogram({
    name: 'shoal_commit_units',
    help: 'How many units of work were committed together.',
    buckets: BATCH_UNITS,
    registers,
  });

  // What is alerted on exists from the start: a series that begins with its first event shows no increase.
  for (const over of ['http', 'websocket']) {
    for (const code of ['internal', 'unavailable']) refusals.inc({ code, over }, 0);
  }
  for (const [limit, none] of Object.entries(AT_FIRST)) limits.inc({ limit }, none);
  for (const kind of JOB_KINDS) for (const outcome of ['done', 'failed', 'dead']) jobs.inc({ kind, outcome }, 0);
  for (const result of ['signed_in', 'registered', 'wrong_credentials']) signIns.inc({ result }, 0);

  return {
    posted: () => posts.inc(),
    delivered: (messages, to) => deliveries.inc(messages * to),
    followed: () => followers.inc(),
    unfollowed: () => followers.dec(),
    signIn: (result) => signIns.inc({ result }),
    refused: (code, over) => refusals.inc({ code, over }),
    limited: (limit) => limits.inc({ limit }),
    closedSocket: (code) => closed.inc({ code }),
    endedJob: (kind, outcome) => jobs.inc({ kind, outcome }),
    committed(units, took) {
      seconds.observe(took);
      batch.observe(units);
    },
  };
}
