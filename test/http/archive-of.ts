import { inflateRawSync } from 'node:zlib';
import { expect } from 'vitest';

/** A reader of ZIP archives that knows nothing of how they are written. */
export function unzipped(archive: Buffer): ReadonlyMap<string, Buffer> {
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  let at = archive.readUInt32LE(end + 16);
  const files = new Map<string, Buffer>();
  for (let n = archive.readUInt16LE(end + 10); n > 0; n -= 1) {
    const [size, nameLength, extra] = [20, 28, 30].map((field, i) =>
      i === 0 ? archive.readUInt32LE(at + field) : archive.readUInt16LE(at + field),
    ) as [number, number, number];
    const [name, offset] = [archive.toString('utf8', at + 46, at + 46 + nameLength), archive.readUInt32LE(at + 42)];
    const begin = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
    files.set(name, inflateRawSync(archive.subarray(begin, begin + size)));
    at += 46 + nameLength + extra;
  }
  return files;
}

/** The files of the archive that was answered, by name, as texts. */
export const archiveOf = async (response: Response) => {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/zip']);
  const files = unzipped(Buffer.from(await response.arrayBuffer()));
  return new Map([...files].map(([name, bytes]) => [name, bytes.toString()]));
};
