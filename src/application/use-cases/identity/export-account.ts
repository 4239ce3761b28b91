import type { NotificationSettings } from '../../../domain/attention/settings.ts';
import { Conflict } from '../../../domain/errors.ts';
import { type MessageFile, messageFile } from '../../../domain/files/file.ts';
import type { Session } from '../../../domain/identity/session.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { MessageVersion } from '../../../domain/messages/changes.ts';
import { filesOf, type Message } from '../../../domain/messages/message.ts';
import type { Emoji } from '../../../domain/reactions/tally.ts';
import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import { nextTurn } from '../../next-turn.ts';
import type { Blobs, ByteRange } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { Secrets } from '../../ports/secrets.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { withinLimit } from '../../within-limit.ts';
import { confirmedUser } from './own-two-step.ts';
import { readAccount } from './read-account.ts';

export interface OwnMessage {
  readonly message: Message;
  /** The earlier texts, the newest first. */
  readonly versions: readonly MessageVersion[];
}

/** A file of a message of the person's. */
export interface OwnFile {
  readonly file: MessageFile;
  /** Its bytes, or a part of them; undefined when they are gone. The caller reads or cancels. */
  read(range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>;
}

export type OwnReaction = MessagePlace & { readonly emoji: Emoji };

/** What the installation has of a person. Close it when it was read, or will not be read any further. */
export interface AccountExport {
  readonly user: User;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly awayUntil: number | undefined;
  readonly hasTwoStep: boolean;
  readonly sessions: readonly Session[];
  readonly chats: readonly ListedChat[];
  readonly settings: NotificationSettings;
  readonly blocked: readonly User[];
  /** By chat and position, from the first one at each call. A few are in memory at a time. */
  messages(): AsyncIterable<OwnMessage>;
  reactions(): AsyncIterable<OwnReaction>;
  files(): AsyncIterable<OwnFile>;
  /** The person's picture in its largest size; undefined where there is none. The caller reads or cancels. */
  picture(): Promise<AsyncIterable<Uint8Array> | undefined>;
  close(): Promise<void>;
}

/**
 * Begins an export of everything that the installation has of the actor. The secrets of the account are not in it, and of what others wrote
 * only the names of chats and people.
 * @throws DomainError `confirmation_needed`; `conflict` while another export of the actor runs; `too_many_requests`, `unavailable`
 */
export type ExportAccount = (actor: Actor) => Promise<AccountExport>;

/** Messages that are looked at in one read. */
const WINDOW = 500;
/** An export that has not been continued for this long has ended, as with its process. */
const LEASE_MS = 60_000;
const RENEW_AFTER_MS = 20_000;
const MAX_VERSIONS = 1_000;

interface Deps {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly rateLimits: RateLimits;
  readonly timer: Timer;
}

export function makeExportAccount(deps: Deps): ExportAccount {
  const { unitOfWork, clock, secrets, rateLimits } = deps;

  return async (actor) => {
    const { user } = actor;
    const at = clock.now();
    const lease = secrets.token();
    const limited = { limit: 'exports', key: `${user.id}`, refusal: 'You have exported your data often.' } as const;
    await unitOfWork.run((store) => confirmedUser(store, actor, clock));
    await withinLimit(rateLimits, limited, () =>
      unitOfWork.run(async (store) => {
        await confirmedUser(store, actor, clock);
        if (!(await store.exports.claim(user.id, { lease, now: at, until: at + LEASE_MS }))) throw runsAlready();
      }),
    );
    const running = new RunningExport(deps, { user, lease, at });
    return {
      ...(await readAccount(deps, user)),
      ...{ user, at },
      messages: () => running.messages(),
      reactions: () => running.reactions(),
      files: () => running.files(),
      close: () => running.close(),
    };
  };
}

const runsAlready = () => new Conflict('export_runs', 'An export of your data is running. Wait for its end.');

/** Reads what the person wrote, and keeps the lease while it does. */
class RunningExport {
  readonly #deps: Deps;
  readonly #user: User;
  readonly #lease: string;
  #renewedAt: number;

  constructor(deps: Deps, { user, lease, at }: { readonly user: User; readonly lease: string; readonly at: number }) {
    this.#deps = deps;
    this.#user = user;
    this.#lease = lease;
    this.#renewedAt = at;
  }

  async *messages(): AsyncIterable<OwnMessage> {
    const { view } = this.#deps;
    for await (const { written } of this.#parts()) {
      for (const message of written) {
        const isEdited = message.kind === 'text' && message.edit !== null;
        const versions = isEdited ? await view.messages.earlierVersions(message, { limit: MAX_VERSIONS }) : [];
        if (message.kind !== 'notice') yield { message, versions };
      }
    }
  }

  async *reactions(): AsyncIterable<OwnReaction> {
    for await (const { reactions } of this.#parts()) yield* reactions;
  }

  async *files(): AsyncIterable<OwnFile> {
    const { view, blobs } = this.#deps;
    for await (const { written } of this.#parts()) {
      for (const { id } of written.flatMap(filesOf)) {
        const file = await view.files.find(id);
        if (!file) continue;
        yield {
          file: messageFile(file),
          read: async (range) => {
            const bytes = await blobs.open(file.blob, range);
            return bytes && this.#renewing(bytes);
          },
        };
      }
    }
  }

  /** A large file takes longer than a lease. */
  async *#renewing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      await this.#renew();
      yield chunk;
    }
  }

  async close(): Promise<void> {
    await this.#deps.unitOfWork.run(({ exports }) => exports.release(this.#user.id, this.#lease));
  }

  async *#parts() {
    for (let after: MessagePlace | undefined; ; ) {
      const part = await this.#deps.view.messages.personal({ userId: this.#user.id, after, window: WINDOW });
      yield part;
      if (!part.next) return;
      after = part.next;
      await nextTurn(this.#deps.timer);
      await this.#renew();
    }
  }

  /** @throws Conflict where another export has begun, since this one stood still for too long */
  async #renew(): Promise<void> {
    const now = this.#deps.clock.now();
    if (Math.abs(now - this.#renewedAt) < RENEW_AFTER_MS) return;
    this.#renewedAt = now;
    const claim = { lease: this.#lease, now, until: now + LEASE_MS };
    const isOurs = await this.#deps.unitOfWork.run(({ exports }) => exports.claim(this.#user.id, claim));
    if (!isOurs) throw runsAlready();
  }
}
