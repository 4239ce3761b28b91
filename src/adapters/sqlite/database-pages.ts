import { closeSync, fdatasyncSync, fstatSync, openSync, read, readSync, writeSync } from 'node:fs';
import { promisify } from 'node:util';
import { residueIn } from './residue.ts';

const readLater = promisify(read);

const FILE_HEADER_BYTES = 100;
const CHUNK_BYTES = 1024 * 1024;
/** From here on the first byte of other pages, which begin with a page's number, can be that of a tree's page. */
const MAX_PAGES = 0x0200_0000;

interface Format {
  readonly pageSize: number;
  readonly usable: number;
}

/** The pages of a database file, beside SQLite. The file stays open, since closing it would drop SQLite's locks on it. */
export class DatabasePages {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'r+');
  }

  /** The offsets of pages with residue. Only what SQLite has written into the file is seen, and nothing of its log. */
  async withResidue(): Promise<readonly number[]> {
    const format = this.#format();
    if (!format) return [];
    const found: number[] = [];
    const chunk = Buffer.alloc(Math.max(CHUNK_BYTES, format.pageSize));
    for (let offset = 0; ; ) {
      const { bytesRead } = await readLater(this.#file, chunk, 0, chunk.length, offset);
      for (let at = 0; at + format.pageSize <= bytesRead; at += format.pageSize) {
        const page = chunk.subarray(at, at + format.pageSize);
        if (residueIn(page, { isFirst: offset + at === 0, usable: format.usable }).length > 0) found.push(offset + at);
      }
      if (bytesRead < chunk.length) return found;
      offset += bytesRead;
    }
  }

  /**
   * Overwrites the residue of these pages. To be called while nobody else can write the file: the log is empty and the write
   * lock is held. SQLite reads nothing of what is overwritten, so it matters to no reader, and not when power fails in between.
   */
  overwriteResidue(offsets: readonly number[]): void {
    const format = this.#format();
    if (!format) return;
    const page = Buffer.alloc(format.pageSize);
    const zeros = Buffer.alloc(format.pageSize);
    for (const offset of offsets) {
      if (readSync(this.#file, page, 0, page.length, offset) < page.length) continue;
      for (const { start, end } of residueIn(page, { isFirst: offset === 0, usable: format.usable }))
        writeSync(this.#file, zeros, 0, end - start, offset + start);
    }
    fdatasyncSync(this.#file);
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Undefined for a file whose pages cannot be told apart for sure. */
  #format(): Format | undefined {
    const header = Buffer.alloc(FILE_HEADER_BYTES);
    if (readSync(this.#file, header, 0, header.length, 0) < header.length) return undefined;
    const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
    const isVacuumed = header.readUInt32BE(52) !== 0;
    if (isVacuumed || fstatSync(this.#file).size / pageSize >= MAX_PAGES) return undefined;
    return { pageSize, usable: pageSize - (header[20] ?? 0) };
  }
}
