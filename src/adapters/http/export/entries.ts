import type { ExportedFile } from '../../../application/use-cases/identity/exported-files.ts';
import { archivedPath } from '../../wire/archived-path.ts';
import type { ZipEntry } from './zip-stream.ts';

/** Messages on one page of the readable part, and characters after which it ends before that. */
const [PAGE_ROWS, PAGE_LENGTH] = [1_000, 1_000_000];
/** Well below the largest entry of an archive, in characters. */
const LINES_LENGTH = 500_000_000;
/** Below the largest entry of an archive, in bytes. */
const PART_BYTES = 2 * 1024 ** 3;
/** Lines are written together until they have this length. */
const CHUNK_LENGTH = 65_536;

/** The bytes of a file, as they are; a file that is larger than an entry can be, in parts. */
export async function* fileParts({ file, read }: ExportedFile): AsyncGenerator<ZipEntry> {
  const name = archivedPath(file);
  const isWhole = file.bytes <= PART_BYTES;
  for (let [first, part] = [0, 1]; part === 1 || first < file.bytes; first += PART_BYTES, part += 1) {
    const last = Math.min(first + PART_BYTES, file.bytes) - 1;
    const bytes = await read(isWhole ? undefined : { first, last });
    // It is deleted meanwhile, or lost.
    if (!bytes) return;
    yield { name: isWhole ? name : `${name}.part${part}`, chunks: bytes, isCompressed: false };
  }
}

/** Rows of which one file takes as many as it has room for, and the next file the rest. */
export interface Rest<Row> {
  /** The next row; undefined at the end. */
  readonly peek: () => Promise<Row | undefined>;
  readonly take: () => void;
}

/** At least one file, also without rows. */
export async function* parts<Row extends object>(
  rows: AsyncIterable<Row>,
  file: (rest: Rest<Row>, number: number) => ZipEntry,
): AsyncGenerator<ZipEntry> {
  const iterator = rows[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<Row>> | undefined;
  const rest: Rest<Row> = {
    async peek() {
      next ??= iterator.next();
      const result = await next;
      return result.done === true ? undefined : result.value;
    },
    take() {
      next = undefined;
    },
  };
  try {
    let number = 1;
    do {
      yield file(rest, number);
      number += 1;
    } while ((await rest.peek()) !== undefined);
  } finally {
    await iterator.return?.();
  }
}

export async function* lines(rest: Rest<object>): AsyncGenerator<string> {
  let [chunk, length] = ['', 0];
  for (let row = await rest.peek(); row !== undefined && length < LINES_LENGTH; row = await rest.peek()) {
    rest.take();
    const line = `${JSON.stringify(row)}\n`;
    chunk += line;
    length += line.length;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = '';
  }
  yield chunk;
}

export async function* pageOf<Row extends object>(
  rest: Rest<Row>,
  render: (rows: readonly Row[], isLast: boolean) => Promise<string>,
): AsyncGenerator<string> {
  const rows: Row[] = [];
  let length = 0;
  while (rows.length < PAGE_ROWS && length < PAGE_LENGTH) {
    const row = await rest.peek();
    if (row === undefined) break;
    rest.take();
    rows.push(row);
    length += JSON.stringify(row).length;
  }
  yield await render(rows, (await rest.peek()) === undefined);
}

export async function* mapped<From, To>(rows: AsyncIterable<From>, map: (row: From) => To): AsyncGenerator<To> {
  for await (const row of rows) yield map(row);
}

export async function* once(text: string): AsyncGenerator<string> {
  yield text;
}
