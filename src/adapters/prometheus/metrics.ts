import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { BudgetName } from '../../application/ports/budgets.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { LimitName } from '../../application/ports/rate-limits.ts';
import { JOB_KINDS } from '../../domain/jobs/job.ts';

export interface Metrics {
  readonly measurements: Measurements;
  /** Adds a gauge whose value is read at each scrape. */
  gauge(name: string, help: string, read: () => number | Promise<number>): void;
  /** Adds a counter whose value is kept elsewhere and never decreases. */
  counter(name: string, help: string, read: () => number): void;
  /** All of them in Prometheus' text format, with its media type. */
  read(): Promise<{ readonly text: string; readonly type: string }>;
}

/** Default metrics that list every open handle, which is slow with ten thousand sockets. */
const COSTLY = ['handles', 'handles_total', 'requests', 'requests_total', 'resources', 'resources_total'];

/** From the fsync of a good disk to longer than any caller waits. */
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
  renames: 0,
  pictures: 0,
  uploads: 0,
  exports: 0,
  link_cards_of_user: 0,
  link_cards_of_chat: 0,
  wrong_codes: 0,
  passkey_challenges: 0,
  writes: 0,
  reads: 0,
  signals: 0,
  typing: 0,
  presence: 0,
  stored_bytes: 0,
};

/** `docs/operations.md` lists every metric. No label takes its values from outside, so the number of series is fixed. */
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
          // A gauge that cannot be read must not fail the scrape.
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
  const counters = makeCounters(registers);
  startAtZero(counters);
  const { posts, deliveries, signIns, refusals, limits, closed, jobs } = counters;
  const followers = new Gauge({ name: 'shoal_followers', help: 'Followers of chats at this moment.', registers });
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
    committed: observingCommits(registers),
  };
}

function makeCounters(registers: Registry[]) {
  const counter = <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
    new Counter({ name: `shoal_${name}_total`, help, labelNames, registers });
  return {
    posts: counter('posts', 'Messages posted by people and stored.'),
    deliveries: counter('deliveries', 'Messages handed to followers, counted once for each follower.'),
    signIns: counter('sign_ins', 'Attempts to sign in, by result.', 'result'),
    refusals: counter('refusals', 'Requests and frames that were refused, by code.', 'code', 'over'),
    limits: counter('limits_reached', 'Times that a limit refused or delayed something.', 'limit'),
    closed: counter('sockets_closed', 'Sockets that the server closed, by code.', 'code'),
    jobs: counter('jobs', 'Attempts at jobs, by outcome.', 'kind', 'outcome'),
  };
}

/** Alerts need a series from the start: one that begins with its first event shows no increase. */
function startAtZero({ refusals, limits, jobs, signIns }: ReturnType<typeof makeCounters>): void {
  for (const over of ['http', 'websocket']) {
    for (const code of ['internal', 'unavailable']) refusals.inc({ code, over }, 0);
  }
  for (const [limit, none] of Object.entries(AT_FIRST)) limits.inc({ limit }, none);
  for (const kind of JOB_KINDS) for (const outcome of ['done', 'failed', 'dead']) jobs.inc({ kind, outcome }, 0);
  for (const result of ['signed_in', 'registered', 'wrong_credentials']) signIns.inc({ result }, 0);
}

function observingCommits(registers: Registry[]): Measurements['committed'] {
  const seconds = new Histogram({
    name: 'shoal_commit_seconds',
    help: 'Duration of transactions, until they were synced to the disk.',
    buckets: COMMIT_SECONDS,
    registers,
  });
  const batch = new Histogram({
    name: 'shoal_commit_units',
    help: 'Units of work in one commit.',
    buckets: BATCH_UNITS,
    registers,
  });
  return (units, took) => {
    seconds.observe(took);
    batch.observe(units);
  };
}
