import { spawnSync } from 'node:child_process';

/**
 * Asks the registry for known holes in the packages of production, and fails at high and critical ones. A registry that cannot
 * be asked is said and is no failure: it says nothing of the packages.
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-timeout=20000'], {
  encoding: 'utf8',
});
const { high, critical } = countsIn(stdout) ?? {};
if (high === undefined || critical === undefined)
  process.stdout.write('The registry could not be asked for known holes.\n');
else if (high + critical === 0)
  process.stdout.write('No high or critical hole is known in the packages of production.\n');
else {
  process.stdout.write(`${stdout}\nHigh: ${high}, critical: ${critical}.\n`);
  process.exitCode = 1;
}

function countsIn(report: string): { readonly high?: number; readonly critical?: number } | undefined {
  try {
    return JSON.parse(report).metadata?.vulnerabilities;
  } catch {
    return undefined;
  }
}
