import type { Database } from 'better-sqlite3';
import type { Log } from '../../../application/ports/log.ts';
import { refusal } from '../errors.ts';
import { LogSize } from '../log/log-size.ts';
import { emptyLog } from '../log/write-ahead-log.ts';
import { OpenedFile, type Whereabouts } from './opened-file.ts';

const LOOK_EVERY_MS = 1_000;
/** How often emptying the log is tried on a full disk. */
const MAKE_ROOM_EVERY_MS = 1_000;

/**
 * Watches the files of an open database. Writes to a file that was deleted or replaced succeed and are then lost, so writing is
 * refused until the file that was opened is back in its place.
 */
export class DatabaseWatch {
  readonly #writer: Database;
  readonly #files: readonly OpenedFile[];
  readonly #logSize: LogSize;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #lost: { readonly path: string; readonly whereabouts: Whereabouts } | undefined;
  #isFailing = false;
  #madeRoomAt = Number.NEGATIVE_INFINITY;

  /** Create it after every handle has been opened. `lock` is the path of the process lock. */
  constructor({ writer, lock, log }: { writer: Database; lock: string; log: Log }) {
    this.#writer = writer;
    this.#logSize = new LogSize({ writer, log });
    this.#files = [writer.name, `${writer.name}-wal`, `${writer.name}-shm`, lock].map((path) => new OpenedFile(path));
    this.#log = log;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look()
        .catch((err: unknown) =>
          log.error({ event: 'database_watch_failed', err }, 'the database files could not be checked'),
        )
        .finally(() => {
          this.#looking = undefined;
        });
    }, LOOK_EVERY_MS).unref();
  }

  /** @throws DomainError `unavailable` when a write would be lost */
  assertInPlace(): void {
    if (this.#lost) throw refusal(new Error(`${this.#lost.path} is ${this.#lost.whereabouts}`));
  }

  /** Await it before beginning a commit. */
  async logIsShort(): Promise<void> {
    await this.#logSize.whenShort();
  }

  /** Call it after every commit; call `failed` when a commit was not possible. */
  committed(): void {
    this.#logSize.measure();
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#log.info({ event: 'storage_recovered' }, 'commits succeed again');
  }

  failed(cause: unknown): void {
    if (this.#lost) return;
    if (!this.#isFailing)
      this.#log.error({ event: 'storage_failing', err: cause }, 'commits fail: nothing can be stored');
    this.#isFailing = true;
    const now = performance.now();
    if (now - this.#madeRoomAt < MAKE_ROOM_EVERY_MS) return;
    this.#madeRoomAt = now;
    // On a small disk the log itself may be what fills it.
    emptyLog(this.#writer);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const seen = await Promise.all(
      this.#files.map(async (file) => ({ path: file.path, whereabouts: await file.look() })),
    );
    if (!this.#writer.open) return;
    this.#note(seen.find(({ whereabouts }) => whereabouts !== 'in place'));
    // The files are still open here. Emptying the log saves its commits into the database, wherever that is now, and prevents
    // SQLite from applying the log to another database in the same place.
    if (this.#lost) emptyLog(this.#writer);
    this.#logSize.measure();
    this.#logSize.trim();
  }

  #note(lost: { readonly path: string; readonly whereabouts: Whereabouts } | undefined): void {
    const before = this.#lost;
    this.#lost = lost;
    if (lost?.path === before?.path && lost?.whereabouts === before?.whereabouts) return;
    if (!lost) {
      this.#log.info({ event: 'database_back' }, 'the database is in its place again: writes are accepted');
      return;
    }
    const until = lost.whereabouts === 'missing' ? 'it is back' : 'the server is restarted';
    const details = { event: 'database_lost', file: lost.path, whereabouts: lost.whereabouts };
    this.#log.error(details, `the database file is ${lost.whereabouts}: nothing is stored until ${until}`);
  }
}
