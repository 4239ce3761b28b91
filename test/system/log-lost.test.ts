import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { freePort } from '../free-port.ts';
import { bundleOf, COMPILED } from './programs.ts';

/** A server whose standard output is this descriptor. */
async function serverLoggingTo(fd: number) {
  const [port, metricsPort] = [await freePort(), await freePort()];
  const env = {
    PATH: process.env.PATH,
    PORT: `${port}`,
    DATABASE_URL: 'memory:',
    METRICS_ADDRESS: `127.0.0.1:${metricsPort}`,
    ...COMPILED,
  };
  const child = spawn(process.execPath, [bundleOf('main')], { env, stdio: ['ignore', fd, 'inherit'] });
  closeSync(fd);
  onTestFinished(() => void child.kill('SIGKILL'));
  const status = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, init).then(
      (response) => response.status,
      () => undefined,
    );
  await vi.waitUntil(async () => (await status('/readyz')) === 200, { timeout: 30_000 });
  return {
    status,
    dropped: async () => {
      const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
      return Number(/^shoal_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1]);
    },
    stop: async () => {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      return exited;
    },
  };
}

/** A pipe that is full and has a reader, which does not read. */
function fullPipe(): number {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-log-'));
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  onTestFinished(() => {
    closeSync(reader);
    rmSync(directory, { recursive: true });
  });
  const filler = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    while (true) writeSync(filler, '-');
  } catch {
    closeSync(filler);
  }
  // As a shell or a supervisor hands it over: who writes to it is made to wait.
  return openSync(path, 'w');
}

/** A pipe whose reader is gone. */
function closedPipe(): number {
  const directory = mkdtempSync(join(tmpdir(), 'shoal-log-'));
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const writer = openSync(path, 'w');
  closeSync(reader);
  rmSync(directory, { recursive: true });
  return writer;
}

describe('LG-4: a server whose log cannot be written', () => {
  it.each([
    ['because the disk is full', () => openSync('/dev/full', 'w'), 1],
    ['because the reader of the pipe is gone', closedPipe, 1],
    ['because nobody reads the pipe', fullPipe, 0],
  ])('LG-4: serves on, counts what it drops and stops when it is told to: %s', async (_why, open, dropped) => {
    const server = await serverLoggingTo(open());
    // Each refusal is worth a line.
    const headers = { 'sec-fetch-site': 'cross-site' };
    const refused = Array.from({ length: 20 }, () => server.status('/logout', { method: 'POST', headers }));
    expect(await Promise.all(refused)).toEqual(Array(20).fill(403));
    expect(await server.status('/status')).toBe(200);
    expect(await server.dropped()).toBeGreaterThanOrEqual(dropped);
    expect(await server.stop()).toEqual([0, null]);
  });
});
