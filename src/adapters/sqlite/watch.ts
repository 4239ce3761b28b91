import type { Database } from 'better-sqlite3';
import type { Log } from '../../application/ports/log.ts';
import { refusal } from './errors.ts';
import { OpenedFile, type Whereabouts } from './opened-file.ts';
import { emptyLog, USUAL_LOG_BYTES } from './write-ahead-log.ts';

const LOOK_EVERY_MS = 1_000;
/** A full disk is not asked more often whether emptying the log makes room. */
const MAKE_ROOM_EVERY_MS = 1_000;
/** Far more than the log needs by itself: then somebody else keeps reading what it holds. */
const LARGE_LOG_BYTES = 4 * USUAL_LOG_BYTES;

/**
 * Looks after the files of an open database. What is written to a file that was deleted, or that another has taken the
 * place of, is written well and then lost: nothing is, until the file that was opened is back in its place.
 */
export class DatabaseWatch {
  readonly #writer: Database;
  readonly #files: readonly OpenedFile[];
  readonly #writeAheadLog: OpenedFile;
  readonly #log: Log;
  readonly #timer: NodeJS.Timeout;
  #looking: Promise<void> | undefined;
  #lost: { readonly path: string; readonly whereabouts: Whereabouts } | undefined;
  #isFailing = false;
  #isLogLarge = false;
  #madeRoomAt = Number.NEGATIVE_INFINITY;

  /** To be made when every handle has been opened. `lock` is the file that keeps other servers away. */
  constructor({ writer, lock, log }: { writer: Database; lock: string; log: Log }) {
    this.#writer = writer;
    this.#writeAheadLog = new OpenedFile(`${writer.name}-wal`);
    const others = [writer.name, `${writer.name}-shm`, lock].map((path) => new OpenedFile(path));
    this.#files = [...others, this.#writeAheadLog];
    this.#log = log;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look().finally(() => {
        this.#looking = undefined;
      });
    }, LOOK_EVERY_MS).unref();
  }

  /** @throws DomainError `unavailable` */
  assertInPlace(): void {
    if (this.#lost) throw refusal(new Error(`${this.#lost.path} is ${this.#lost.whereabouts}`));
  }

  /** To be told of every commit, and of what kept one from being made. */
  committed(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#log.info({ event: 'storage_recovered' }, 'what is written is stored again');
  }

  failed(cause: unknown): void {
    if (this.#lost) return;
    if (!this.#isFailing)
      this.#log.error({ event: 'storage_failing', err: cause }, 'nothing can be stored at the moment');
    this.#isFailing = true;
    const now = performance.now();
    if (now - this.#madeRoomAt < MAKE_ROOM_EVERY_MS) return;
    this.#madeRoomAt = now;
    // On a small disk it may be the log that fills it.
    emptyLog(this.#writer);
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
  }

  async #look(): Promise<void> {
    const seen = await Promise.all(this.#files.map(async (file) => ({ path: file.path, ...(await file.look()) })));
    if (!this.#writer.open) return;
    this.#note(seen.find(({ whereabouts }) => whereabouts !== 'in place'));
    const writeAheadLog = seen.at(-1);
    if (writeAheadLog) this.#keepSmall(writeAheadLog);
  }

  #note(lost: { readonly path: string; readonly whereabouts: Whereabouts } | undefined): void {
    const before = this.#lost;
    this.#lost = lost;
    if (lost?.path === before?.path && lost?.whereabouts === before?.whereabouts) return;
    if (!lost) {
      this.#log.info({ event: 'database_back' }, 'the database is in its place again, and what is written is stored');
      return;
    }
    const until = lost.whereabouts === 'missing' ? 'it is back' : 'the server was restarted';
    const details = { event: 'database_lost', file: lost.path, whereabouts: lost.whereabouts };
    this.#log.error(details, `the file that was opened is ${lost.whereabouts}: nothing is stored until ${until}`);
  }

  /** Other programs that read hold the log back, and SQLite by itself cuts it only when something is written. */
  #keepSmall({ whereabouts, size }: { readonly whereabouts: Whereabouts; readonly size: number }): void {
    // A log that is gone by name is still there for this process: what it holds is saved into the database.
    if (whereabouts !== 'in place' || size > USUAL_LOG_BYTES) emptyLog(this.#writer);
    const isLarge = size > LARGE_LOG_BYTES;
    if (isLarge && !this.#isLogLarge) this.#warnOfLog(size);
    this.#isLogLarge = isLarge;
  }

  #warnOfLog(bytes: number): void {
    const details = { event: 'database_log_large', bytes };
    this.#log.warn(details, 'the log of the database grows: another program has been reading it for long');
  }
}
