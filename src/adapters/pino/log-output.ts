import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/** Bytes that wait for a reader at most. Past that, lines are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Lines that could not be written. */
interface OutputEvents {
  dropped(lines: number): void;
  /** Writing works, as far as can be told. */
  written(): void;
}

/**
 * Where log lines go. A log that cannot be written (a full disk, a closed pipe, a pipe that nobody reads) neither stops nor
 * slows the process: lines are dropped and counted.
 */
export class LogOutput {
  /** Called when lines can be written again after this many were dropped. */
  onWorksAgain: (dropped: number) => void = () => undefined;
  readonly #writeLine: (line: string) => void;
  #dropped = 0;
  #untold = 0;

  /** @param fd what to write to; 1 is standard output */
  constructor(fd: number) {
    const events: OutputEvents = { dropped: (lines) => this.#drop(lines), written: () => this.#tell() };
    const stat = fstatSync(fd);
    this.#writeLine = stat.isFIFO() || stat.isSocket() ? toPipe(fd, events) : toFile(fd, events);
  }

  /** Lines dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** It never throws and never waits for a reader. */
  write(line: string): void {
    this.#writeLine(line);
  }

  #drop(lines: number): void {
    this.#dropped += lines;
    this.#untold += lines;
  }

  #tell(): void {
    const untold = this.#untold;
    if (untold === 0) return;
    this.#untold = 0;
    this.onWorksAgain(untold);
  }
}

/** A pipe or socket may have no reader, or none that reads: what it does not take waits here, within bounds. */
function toPipe(fd: number, { dropped, written }: OutputEvents): (line: string) => void {
  const pipe = new Socket({ fd, readable: false, writable: true });
  pipe.unref();
  // Each line that is lost to it is counted where it was written.
  pipe.on('error', () => undefined);
  return (line) => {
    if (pipe.destroyed || pipe.writableLength > MAX_WAITING_BYTES) dropped(1);
    else pipe.write(line, (error) => (error ? dropped(1) : written()));
  };
}

/** Writing to a file waits for nobody. A disk that is full may take a part of a line. */
function toFile(fd: number, { dropped, written }: OutputEvents): (line: string) => void {
  let isMidLine = false;
  return (line) => {
    let rest = Buffer.from(isMidLine ? `\n${line}` : line);
    try {
      while (rest.length > 0) {
        rest = rest.subarray(writeSync(fd, rest));
        isMidLine = rest.length > 0;
      }
    } catch {
      dropped(1);
      return;
    }
    written();
  };
}
