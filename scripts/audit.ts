import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { verdictOf } from './audit/verdict.ts';

/**
 * Asks the registry for known advisories about the packages of production, and fails at high and critical ones. When the
 * registry does not answer, CI passes only with a valid snapshot in the repository. docs/operations.md says how to renew it.
 */
const SNAPSHOT = new URL('audit/snapshot.json', import.meta.url);
const LOCK = new URL('../package-lock.json', import.meta.url);

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  env: { npm_config_fetch_retries: '1', npm_config_fetch_timeout: '20000', ...process.env },
});
const { passes, sentence } = verdictOf({
  report: stdout,
  lock: readFileSync(LOCK, 'utf8'),
  snapshot: existsSync(SNAPSHOT) ? readFileSync(SNAPSHOT, 'utf8') : undefined,
  now: new Date(),
  inCi: process.env.CI !== undefined && process.env.CI !== '',
});
(passes ? process.stdout : process.stderr).write(`${sentence}\n`);
process.exitCode = passes ? 0 : 1;
