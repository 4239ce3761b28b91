import { closeSync, fdatasyncSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, release, totalmem } from 'node:os';
import { dirname } from 'node:path';
import { pinned } from '../processes/pinning.ts';
import { placeOf } from '../stored/scratch.ts';

/** Where and with what it was measured, in words. */
export type Environment = Readonly<Record<string, string>>;

const SYNCS = 200;

export function environment({ rounds, seconds }: { rounds: number; seconds: number }): Environment {
  const [cpu] = cpus();
  return {
    measured: new Date().toISOString().slice(0, 10),
    rounds: `${rounds}, of ${seconds} s each measurement`,
    machine: `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Linux ${release()}`,
    cores: pinned ? 'the server pinned to one, the load generator to another' : 'not pinned',
    'a 4 KiB write and fdatasync': `${syncMs().toFixed(2)} ms (median)`,
    'Node.js': process.versions.node,
    packages: ['socket.io', 'ws', 'express', 'ejs', 'better-sqlite3', 'pg', '@redis/client'].map(versionOf).join(', '),
  };
}

function syncMs(): number {
  const path = placeOf('sync-probe');
  mkdirSync(dirname(path), { recursive: true });
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096);
  const times = Array.from({ length: SYNCS }, () => {
    const start = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - start;
  });
  closeSync(file);
  rmSync(path);
  return times.toSorted((one, other) => one - other)[SYNCS / 2] ?? Number.NaN;
}

function versionOf(name: string): string {
  const manifest = createRequire(import.meta.url)
    .resolve(name)
    .replace(new RegExp(`(node_modules/${name})/.*`), '$1/package.json');
  const version = /"version": "([^"]+)"/.exec(readFileSync(manifest, 'utf8'))?.[1];
  return `${name} ${version ?? 'of unknown version'}`;
}
