import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Whether this process may mount: elsewhere than in CI, where it has to, the suites that need it are skipped and say so. */
export function findMounting(): { readonly isMissing: boolean } {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-mounting-'));
  try {
    mount(directory, '64k');
    unmount(directory);
    return { isMissing: false };
  } catch (error) {
    if (process.env.CI) throw error;
    process.stderr.write('Skipping what needs to mount a file system: this user may not.\n');
    return { isMissing: true };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** A disk of its own for the running test, e.g. of `2m`. */
export function aDisk(size: string): { readonly path: string; fill(): () => void } {
  const path = mkdtempSync(join(tmpdir(), 'shoal-disk-'));
  mount(path, size);
  onTestFinished(() => {
    unmount(path);
    rmSync(path, { recursive: true });
  });
  return { path, fill: () => fill(join(path, 'something-else')) };
}

/** Leaves not a byte of room; what is answered makes room again. */
function fill(path: string): () => void {
  const file = openSync(path, 'a');
  for (const size of [65_536, 4_096, 1]) writeWhileThereIsRoom(file, Buffer.alloc(size, 'x'));
  closeSync(file);
  return () => rmSync(path);
}

function writeWhileThereIsRoom(file: number, bytes: Buffer): void {
  try {
    for (;;) writeSync(file, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}

function mount(path: string, size: string): void {
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'shoal-test', path], { stdio: 'pipe' });
}

/** Also while a process that was not stopped still has files open there. */
function unmount(path: string): void {
  execFileSync('umount', ['--lazy', path], { stdio: 'pipe' });
}
