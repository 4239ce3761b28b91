import { fstatSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/** Maximum bytes that wait for the reader of a pipe. Lines past that are dropped. */
const MAX_WAITING_BYTES = 1024 * 1024;

interface OutputEvents {
  /** Lines could not be written. */
  dropped(lines: number): void;
  /** A line was written. */
  written(): void;
}

/**
 * Writes log lines. When that is not possible (a full disk, a closed pipe, a pipe without a reader), lines are dropped and
 * counted, and the process neither stops nor slows down.
 */
export class LogOutput {
  /** Called when lines can be written again, with the number of lines that were dropped. */
  onWorksAgain: (dropped: number) => void = () => undefined;
  readonly #writeLine: (line: string) => void;
  #dropped = 0;
  #untold = 0;

  /** @param fd the file descriptor; 1 is standard output */
  constructor(fd: number) {
    const events: OutputEvents = { dropped: (lines) => this.#drop(lines), written: () => this.#tell() };
    const stat = fstatSync(fd);
    this.#writeLine = stat.isFIFO() || stat.isSocket() ? toPipe(fd, events) : toFile(fd, events);
  }

  /** The number of lines dropped since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Never throws, and never waits for a reader. */
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

/** For a pipe or socket. What its reader does not take is buffered, up to a limit. */
function toPipe(fd: number, { dropped, written }: OutputEvents): (line: string) => void {
  const pipe = new Socket({ fd, readable: false, writable: true });
  pipe.unref();
  // Each lost line is counted by the callback of its write.
  pipe.on('error', () => undefined);
  return (line) => {
    if (pipe.destroyed || pipe.writableLength > MAX_WAITING_BYTES) dropped(1);
    else pipe.write(line, (error) => (error ? dropped(1) : written()));
  };
}

/** For a file. A full disk may take a part of a line; the next line then begins with a line break. */
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
