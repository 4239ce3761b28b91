/** What the traced process did, in the order in which the system was asked. */
export type DiskEvent =
  | { readonly type: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly type: 'truncate'; readonly path: string; readonly size: number }
  | { readonly type: 'sync'; readonly path: string }
  | { readonly type: 'send'; readonly bytes: Buffer };

/** The options under which strace writes what `readTrace` reads. */
export const TRACING = [
  '--follow-forks',
  '--decode-fds',
  '--strings-in-hex=all',
  '--string-limit=300000',
  '--trace=pwrite64,ftruncate,fsync,fdatasync,write,writev',
];

const HEX = String.raw`"((?:\\x[0-9a-f]{2})*)"`;
const WRITE = new RegExp(String.raw`^\d+ +pwrite64\(\d+<([^>]*)>, ${HEX}, \d+, (\d+)`);
const TRUNCATE = /^\d+ +ftruncate\(\d+<([^>]*)>, (\d+)/;
const SYNC = /^(\d+) +f(?:data)?sync\(\d+<([^>]*)>(\) += 0)?/;
const SYNCED = /^(\d+) +<\.\.\. f(?:data)?sync resumed>\) += 0/;
const SEND = /^\d+ +writev?\(\d+<([^>]*)>/;

/** Writes count from when they are begun, which is the worst case for what was shown; syncs once they are done. */
export function readTrace(trace: string): readonly DiskEvent[] {
  const syncing = new Map<string, string>();
  return trace.split('\n').flatMap((line): DiskEvent[] => {
    const write = WRITE.exec(line);
    if (write) return [{ type: 'write', path: textOf(write[1]), offset: Number(write[3]), bytes: bytesOf(write[2]) }];
    const truncate = TRUNCATE.exec(line);
    if (truncate) return [{ type: 'truncate', path: textOf(truncate[1]), size: Number(truncate[2]) }];
    const [, pid = '', path, done] = SYNC.exec(line) ?? [];
    if (path !== undefined && done) return [{ type: 'sync', path: textOf(path) }];
    if (path !== undefined) syncing.set(pid, textOf(path));
    const [, by = ''] = SYNCED.exec(line) ?? [];
    if (by) return [{ type: 'sync', path: syncing.get(by) ?? '' }];
    if (!/^(socket|TCP)/.test(textOf(SEND.exec(line)?.[1]))) return [];
    const sent = [...line.matchAll(new RegExp(HEX, 'g'))].map(([, hex]) => bytesOf(hex));
    return [{ type: 'send', bytes: Buffer.concat(sent) }];
  });
}

const bytesOf = (hex = ''): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex');

/** A path is in hexadecimal too where strace will have it so. */
const textOf = (path = ''): string => (path.startsWith('\\x') ? bytesOf(path).toString() : path);

/** How much of a write that was not synced when the power went is on the disk: any part of it, from its beginning. */
export type Survival = (bytes: Buffer) => number;

/** The files as they are after a loss of power: what was synced, and of the rest what chance has brought to the disk. */
export function afterPowerLoss(events: readonly DiskEvent[], survival: Survival): ReadonlyMap<string, Buffer> {
  const files = new Map<string, DiskFile>();
  const unsynced = new Map<string, DiskEvent[]>();
  for (const event of events) {
    if (event.type === 'send') continue;
    const pending = unsynced.get(event.path) ?? [];
    unsynced.set(event.path, pending);
    if (event.type !== 'sync') {
      pending.push(event);
      continue;
    }
    for (const one of pending) fileOf(files, event.path).take(one, (bytes) => bytes.length);
    pending.length = 0;
  }
  for (const [path, pending] of unsynced) for (const one of pending) fileOf(files, path).take(one, survival);
  return new Map([...files].map(([path, file]) => [path, file.bytes]));
}

function fileOf(files: Map<string, DiskFile>, path: string): DiskFile {
  const file = files.get(path) ?? new DiskFile();
  files.set(path, file);
  return file;
}

class DiskFile {
  #buffer = Buffer.alloc(64 * 1024);
  #size = 0;

  get bytes(): Buffer {
    return this.#buffer.subarray(0, this.#size);
  }

  take(event: DiskEvent, survival: Survival): void {
    if (event.type === 'write') this.#write(event.bytes.subarray(0, survival(event.bytes)), event.offset);
    else if (event.type === 'truncate' && survival(Buffer.alloc(1)) > 0) this.#resize(event.size);
  }

  #write(bytes: Buffer, offset: number): void {
    if (offset + bytes.length > this.#size && bytes.length > 0) this.#resize(offset + bytes.length);
    bytes.copy(this.#buffer, offset);
  }

  #resize(size: number): void {
    if (size > this.#buffer.length) this.#buffer = Buffer.concat([this.#buffer], size * 2);
    if (size < this.#size) this.#buffer.fill(0, size, this.#size);
    this.#size = size;
  }
}
