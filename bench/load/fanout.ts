import { setTimeout as sleep } from 'node:timers/promises';
import { Audience } from './audience.ts';
import { pace } from './pacing.ts';
import { cpuSeconds, cpuSecondsWithChildren } from './server-stats.ts';
import type { Across, FanoutResult, FanoutTask } from './tasks.ts';

/** How long nothing may arrive before what is outstanding counts as missing. */
const SILENCE_MS = 5_000;
const DRAIN_MS = 60_000;

/** Posts into chats at the task's load, and measures how they reach every follower. */
export async function runFanout(task: FanoutTask): Promise<FanoutResult> {
  const audience = new Audience(task);
  await audience.connect();
  const stopPosting = startPosting(audience, task);
  await sleep(task.warmUpSeconds * 1000);
  const before = reading(audience, task);
  audience.measuredFrom = before.at;
  await sleep(task.seconds * 1000);
  const after = reading(audience, task);
  stopPosting();
  await drain(audience, task);
  await audience.crowd.leave();
  return {
    ...rates(before, after),
    ...account(audience, task),
    across: across(audience, before, after),
  };
}

/** Answers how to stop. */
function startPosting(audience: Audience, { load, followers }: FanoutTask): () => void {
  if (load.loop === 'open') return pace(audience.senders, load.deliveriesPerSecond / followers);
  audience.keepInFlight(load.window);
  return () => {
    audience.window = 0;
  };
}

interface Reading {
  readonly at: number;
  readonly deliveries: number;
  readonly serverCpu: number;
  readonly beneathCpu: number;
  readonly generatorCpu: number;
}

function reading(audience: Audience, { target }: FanoutTask): Reading {
  return {
    at: performance.now(),
    deliveries: audience.deliveries,
    serverCpu: total([target, ...(target.peers ?? [])].map(({ pid }) => cpuSeconds(pid))),
    beneathCpu: total((target.beneath ?? []).map(cpuSecondsWithChildren)),
    generatorCpu: cpuSeconds(process.pid),
  };
}

async function drain(audience: Audience, { followers }: FanoutTask): Promise<void> {
  const end = performance.now() + DRAIN_MS;
  const due = audience.senders.reduce((sum, { sent }) => sum + sent, 0) * followers;
  let last = { deliveries: audience.deliveries, at: performance.now() };
  while (audience.deliveries < due && performance.now() < end && performance.now() - last.at < SILENCE_MS) {
    await sleep(20);
    if (audience.deliveries > last.deliveries) last = { deliveries: audience.deliveries, at: performance.now() };
  }
  // Whatever came twice may still be on its way.
  await sleep(100);
}

function rates(before: Reading, after: Reading) {
  const seconds = (after.at - before.at) / 1000;
  const deliveries = after.deliveries - before.deliveries;
  const cpu = after.serverCpu - before.serverCpu;
  return {
    deliveriesPerSecond: deliveries / seconds,
    deliveriesPerCpuSecond: deliveries / cpu,
    serverCpu: cpu / seconds,
    generatorCpu: (after.generatorCpu - before.generatorCpu) / seconds,
  };
}

function across({ crossings }: Audience, before: Reading, after: Reading): Across {
  const beneath = after.beneathCpu - before.beneathCpu;
  const cpu = after.serverCpu - before.serverCpu + beneath;
  return {
    beneathCpu: (beneath * 1000) / (after.at - before.at),
    deliveriesPerCpuSecondInAll: (after.deliveries - before.deliveries) / cpu,
    crossingP50: crossings.quantile(0.5) || 0,
    crossingP99: crossings.quantile(0.99) || 0,
  };
}

function account(audience: Audience, { senders: perChat }: FanoutTask) {
  const { senders, ledgers, latencies, crowd, deliveries } = audience;
  const sentIn = (chat: number) => senders.slice(chat * perChat, (chat + 1) * perChat).map(({ sent }) => sent);
  return {
    p50: latencies.quantile(0.5),
    p99: latencies.quantile(0.99),
    posts: total(senders.map(({ sent }) => sent)),
    deliveries,
    missing: total(ledgers.map((ledger, chat) => ledger.missing(sentIn(chat)))),
    duplicates: total(ledgers.map((ledger) => ledger.duplicates)),
    disordered: total(ledgers.map((ledger) => ledger.disordered())),
    seen: ledgers.map((ledger) => ledger.seen()),
    problems: crowd.problems,
  };
}

function total(of: readonly number[]): number {
  return of.reduce((sum, value) => sum + value, 0);
}
