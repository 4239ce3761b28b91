import { pipeline, Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

export interface ZipEntry {
  /** Its path in the archive. */
  readonly name: string;
  /** At most 4 GiB in all. */
  readonly chunks: AsyncIterable<string | Uint8Array>;
  /** False for what would hardly become smaller. */
  readonly isCompressed?: boolean;
}

/** A field that holds it stands for a value elsewhere, in the ZIP64 format. */
const [MAX_16, MAX_32] = [0xffff, 0xffffffff];
const [VERSION, VERSION_OF_ZIP64, DEFLATED] = [20, 45, 8];
/** Sizes and checksum follow the data; names are UTF-8. */
const FLAGS = 0x0808;

interface Written {
  readonly name: Buffer;
  readonly crc: number;
  readonly compressed: number;
  readonly size: number;
  readonly offset: number;
}

/**
 * A ZIP archive, made while it is read: the memory that it takes does not depend on its size, but for some bytes for each entry. What was
 * begun is released when the reader stops.
 * @param at the time of all entries, in milliseconds, shown in UTC
 */
export async function* zipOf(entries: AsyncIterable<ZipEntry>, at: number): AsyncGenerator<Buffer> {
  const written: Written[] = [];
  const time = dosTime(new Date(at));
  let offset = 0;
  for await (const { name, chunks, isCompressed = true } of entries) {
    const count = { crc: 0, size: 0, compressed: 0 };
    const header = localHeader(Buffer.from(name), time);
    yield header;
    const deflated = createDeflateRaw(isCompressed ? {} : { level: 0 });
    pipeline(Readable.from(counted(chunks, count)), deflated, () => undefined);
    for await (const chunk of deflated as AsyncIterable<Buffer>) {
      count.compressed += chunk.length;
      yield chunk;
    }
    if (Math.max(count.size, count.compressed) >= MAX_32) throw new RangeError(`${name} is too large for an entry.`);
    yield fields([0x08074b50, 4], [count.crc, 4], [count.compressed, 4], [count.size, 4]);
    written.push({ name: Buffer.from(name), ...count, offset });
    offset += header.length + count.compressed + 16;
  }
  const directory = written.map((entry) => centralHeader(entry, time));
  yield* directory;
  yield end({ count: written.length, size: directory.reduce((sum, { length }) => sum + length, 0), offset });
}

async function* counted(
  chunks: AsyncIterable<string | Uint8Array>,
  count: { crc: number; size: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    count.crc = crc32(bytes, count.crc);
    count.size += bytes.length;
    yield bytes;
  }
}

const localHeader = (name: Buffer, time: number): Buffer =>
  Buffer.concat([
    fields([0x04034b50, 4], [VERSION, 2], [FLAGS, 2], [DEFLATED, 2], [time, 4], [0, 4], [0, 4], [0, 4]),
    fields([name.length, 2], [0, 2]),
    name,
  ]);

function centralHeader({ name, crc, compressed, size, offset }: Written, time: number): Buffer {
  const extra = offset >= MAX_32 ? fields([1, 2], [8, 2], [offset, 8]) : Buffer.alloc(0);
  const version = extra.length > 0 ? VERSION_OF_ZIP64 : VERSION;
  return Buffer.concat([
    fields([0x02014b50, 4], [version, 2], [version, 2], [FLAGS, 2], [DEFLATED, 2], [time, 4], [crc, 4]),
    fields([compressed, 4], [size, 4], [name.length, 2], [extra.length, 2], [0, 8], [0, 2]),
    fields([Math.min(offset, MAX_32), 4]),
    name,
    extra,
  ]);
}

function end({ count, size, offset }: { count: number; size: number; offset: number }): Buffer {
  const isLarge = count >= MAX_16 || offset >= MAX_32 || size >= MAX_32;
  const record = fields([0x06064b50, 4], [44, 8], [VERSION_OF_ZIP64, 2], [VERSION_OF_ZIP64, 2], [0, 8], [count, 8]);
  const rest = fields([count, 8], [size, 8], [offset, 8], [0x07064b50, 4], [0, 4], [offset + size, 8], [1, 4]);
  const [shown, places] = [Math.min(count, MAX_16), [Math.min(size, MAX_32), Math.min(offset, MAX_32)] as const];
  return Buffer.concat([
    ...(isLarge ? [record, rest] : []),
    fields([0x06054b50, 4], [0, 4], [shown, 2], [shown, 2], [places[0], 4], [places[1], 4], [0, 2]),
  ]);
}

/** Little-endian numbers, each with its length in bytes. */
function fields(...values: readonly (readonly [value: number, bytes: 2 | 4 | 8])[]): Buffer {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const field = Buffer.alloc(bytes);
      if (bytes === 8) field.writeBigUInt64LE(BigInt(value));
      else field.writeUIntLE(value, 0, bytes);
      return field;
    }),
  );
}

/** The date in the upper 16 bits, from 1980 on, and the time of the day in steps of two seconds. */
function dosTime(at: Date): number {
  const date = ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate();
  const time = (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1);
  return date * 0x10000 + time;
}
