import type { Database } from 'better-sqlite3';
import type { Log } from '../../../application/ports/log.ts';
import { refusal } from '../errors.ts';
import { LogSize } from '../log/log-size.ts';
import { emptyLog } from '../log/write-ahead-log.ts';
import { OpenedFile, type Whereabouts } from './opened-file.ts';

const LOOK_EVERY_MS = 1_000;
/** A full disk is not asked more often whether emptying the log makes room. */
const MAKE_ROOM_EVERY_MS = 1_000;

/**
 * Looks after the files of an open database. What is written to a file that was deleted, or that another has taken the
 * place of, is written well and then lost: nothing is, until the file that was opened is back in its place.
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

  /** To be made when every handle has been opened. `lock` is the file that keeps other servers away. */
  constructor({ writer, lock, log }: { writer: Database; lock: string; log: Log }) {
    this.#writer = writer;
    this.#logSize = new LogSize({ writer, log });
    this.#files = [writer.name, `${writer.name}-wal`, `${writer.name}-shm`, lock].map((path) => new OpenedFile(path));
    this.#log = log;
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look()
        .catch((err: unknown) =>
          log.error({ event: 'database_watch_failed', err }, 'the files could not be looked after'),
        )
        .finally(() => {
          this.#looking = undefined;
        });
    }, LOOK_EVERY_MS).unref();
  }

  /** @throws DomainError `unavailable` when what is written now would be lost */
  assertInPlace(): void {
    if (this.#lost) throw refusal(new Error(`${this.#lost.path} is ${this.#lost.whereabouts}`));
  }

  /** To be awaited before a commit is begun. */
  async logIsShort(): Promise<void> {
    await this.#logSize.whenShort();
  }

  /** To be told of every commit, and of what kept one from being made. */
  committed(): void {
    this.#logSize.measure();
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
    const seen = await Promise.all(
      this.#files.map(async (file) => ({ path: file.path, whereabouts: await file.look() })),
    );
    if (!this.#writer.open) return;
    this.#note(seen.find(({ whereabouts }) => whereabouts !== 'in place'));
    // Files that are gone by name are still open here. What the log holds is saved into the database, wherever that is, and
    // no longer lies beside whatever stands in its place, to be taken for that one's.
    if (this.#lost) emptyLog(this.#writer);
    this.#logSize.measure();
    this.#logSize.trim();
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
}
