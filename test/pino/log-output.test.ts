import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LogOutput } from '../../src/adapters/pino/log-output.ts';

let directory: string;
const opened: number[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'shoal-log-'));
});
afterEach(() => {
  for (const fd of opened.splice(0)) closeSync(fd);
  rmSync(directory, { recursive: true });
});

function open(path: string, flags: number | string): number {
  const fd = openSync(path, flags);
  opened.push(fd);
  return fd;
}

/** A pipe whose reader does not read. The output takes over its writing end. */
function unreadPipe() {
  const path = join(directory, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  return { reader, writer: openSync(path, constants.O_WRONLY | constants.O_NONBLOCK) };
}

function recorded(fd: number) {
  const output = new LogOutput(fd);
  const told: number[] = [];
  output.onWorksAgain = (lines) => told.push(lines);
  return { output, told };
}

const LINE = `${'x'.repeat(1023)}\n`;

describe('a log that cannot be written', () => {
  it('because the disk is full loses the lines, counted', () => {
    const { output, told } = recorded(open('/dev/full', 'w'));
    for (let n = 0; n < 3; n += 1) output.write(LINE);
    expect([output.dropped, told]).toEqual([3, []]);
  });

  it('because nobody reads the pipe keeps some lines, drops the rest, and says so when it is read again', async () => {
    const { reader, writer } = unreadPipe();
    const { output, told } = recorded(writer);
    for (let n = 0; n < 3000; n += 1) output.write(LINE);
    expect(output.dropped).toBeGreaterThan(1000);
    expect(output.dropped).toBeLessThan(3000);
    const lost = output.dropped;
    const buffer = Buffer.alloc(1024 * 1024);
    let read = 0;
    const readSome = () => {
      try {
        read += readSync(reader, buffer);
      } catch {
        // Nothing to read at the moment.
      }
      return read === (3000 - lost) * LINE.length;
    };
    await vi.waitUntil(readSome, { interval: 1 });
    await vi.waitUntil(() => told.length > 0);
    expect(told).toEqual([lost]);
    expect(output.dropped).toBe(lost);
  });

  it('because the pipe was closed loses the lines, counted', async () => {
    const { reader, writer } = unreadPipe();
    const { output } = recorded(writer);
    closeSync(reader);
    opened.splice(opened.indexOf(reader), 1);
    output.write(LINE);
    await vi.waitUntil(() => output.dropped === 1);
    output.write(LINE);
    expect(output.dropped).toBe(2);
  });
});

describe('a log that can be written', () => {
  it('has every line, in order, and nothing was lost', () => {
    const path = join(directory, 'log');
    const fd = open(path, 'w');
    const { output } = recorded(fd);
    output.write('one\n');
    writeSync(fd, '');
    output.write('two\n');
    expect([readFileSync(path, 'utf8'), output.dropped]).toEqual(['one\ntwo\n', 0]);
  });
});
