import { createHash } from 'node:crypto';
import * as z from 'zod';

/** The output of `npm audit --json` when the registry has answered. An error has no counts. */
const report = z.object({
  metadata: z.object({ vulnerabilities: z.object({ high: z.number(), critical: z.number() }) }),
});

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({ version: z.string(), dev: z.optional(z.boolean()), integrity: z.optional(z.string()) }),
  ),
});

/** The findings about the packages of one lock file, for a CI whose registry does not support audits. */
const snapshotFile = z.object({
  date: z.iso.date(),
  /** The fingerprint, by `productionOf`, of the lock file that the snapshot covers. */
  production: z.string(),
  consulted: z.array(z.string()).min(1),
  packages: z.record(z.string(), z.object({ known: z.string().min(1), affected: z.boolean() })),
});

const MAX_AGE_DAYS = 180;
const DAY_MS = 86_400_000;

export interface AuditInput {
  /** The output of `npm audit --omit=dev --json`. */
  readonly report: string;
  readonly lock: string;
  /** The snapshot file, if there is one. */
  readonly snapshot: string | undefined;
  readonly now: Date;
  readonly inCi: boolean;
}

export interface Verdict {
  readonly passes: boolean;
  readonly sentence: string;
}

/**
 * Fails at a high or critical advisory. When the registry does not answer, a snapshot has to cover exactly the packages of the
 * lock file; otherwise CI fails.
 */
export function verdictOf(input: AuditInput): Verdict {
  const counts = countsIn(input.report);
  if (counts) {
    const passes = counts.high + counts.critical === 0;
    return {
      passes,
      sentence: passes
        ? 'No high or critical advisory is known for the packages of production.'
        : `High: ${counts.high}, critical: ${counts.critical}. Run npm audit --omit=dev for the list.`,
    };
  }
  const covered = verdictOfSnapshot(input);
  return {
    passes: covered.passes || !input.inCi,
    sentence: `The registry did not answer the audit. ${covered.sentence}`,
  };
}

function countsIn(text: string) {
  try {
    return report.parse(JSON.parse(text)).metadata.vulnerabilities;
  } catch {
    return undefined;
  }
}

function verdictOfSnapshot({ lock, snapshot, now }: AuditInput): Verdict {
  const fails = (sentence: string): Verdict => ({ passes: false, sentence });
  if (snapshot === undefined) return fails('There is no advisory snapshot.');
  const parsed = snapshotFile.safeParse(parsedJson(snapshot));
  if (!parsed.success) return fails('The advisory snapshot cannot be read.');
  const { date, production, packages } = parsed.data;
  const ageDays = Math.floor((now.getTime() - Date.parse(date)) / DAY_MS);
  if (ageDays < 0) return fails(`The advisory snapshot is of ${date}, which is in the future.`);
  if (ageDays > MAX_AGE_DAYS)
    return fails(`The advisory snapshot of ${date} is ${ageDays} days old; renew it after ${MAX_AGE_DAYS} days.`);
  const names = productionPackages(lock).map(({ id }) => id);
  const missing = names.filter((id) => packages[id] === undefined);
  if (missing.length > 0) return fails(`The advisory snapshot of ${date} does not cover ${missing.join(', ')}.`);
  if (production !== productionOf(lock)) return fails(`The advisory snapshot of ${date} is of another lock file.`);
  const affected = names.filter((id) => packages[id]?.affected);
  if (affected.length > 0) return fails(`By the advisory snapshot of ${date}, affected: ${affected.join(', ')}.`);
  return { passes: true, sentence: `The advisory snapshot of ${date} covers all ${names.length} packages.` };
}

/** The fingerprint of the packages of production: names, versions and content hashes. */
export function productionOf(lock: string): string {
  const lines = productionPackages(lock).map(({ id, integrity }) => `${id} ${integrity}`);
  return `sha256-${createHash('sha256').update(lines.join('\n')).digest('hex')}`;
}

/** The packages of production as `name@version`, sorted. */
export function productionPackages(lock: string): readonly { readonly id: string; readonly integrity: string }[] {
  return Object.entries(lockFile.parse(JSON.parse(lock)).packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, integrity = '' }]) => ({
      id: `${path.replace(/^.*node_modules\//, '')}@${version}`,
      integrity,
    }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
