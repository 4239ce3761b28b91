import type { NotificationSettings } from '../../../domain/attention/settings.ts';
import type { Session } from '../../../domain/identity/session.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { MessageVersion } from '../../../domain/messages/changes.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { Emoji } from '../../../domain/reactions/tally.ts';
import type { ListedChat } from '../../../domain/reading/reading.ts';
import type { Actor } from '../../actor.ts';
import { nextTurn } from '../../next-turn.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import { ExportLease, type LeaseDeps } from './export-lease.ts';
import { type ExportedFile, exportedFiles } from './exported-files.ts';
import { confirmedUser } from './own-two-step.ts';
import { readAccount } from './read-account.ts';

export interface OwnMessage {
  readonly message: Message;
  /** The earlier texts, the newest first. */
  readonly versions: readonly MessageVersion[];
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
  files(): AsyncIterable<ExportedFile>;
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
const MAX_VERSIONS = 1_000;

interface Deps extends LeaseDeps {
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly timer: Timer;
}

export function makeExportAccount(deps: Deps): ExportAccount {
  return async (actor) => {
    const { user } = actor;
    const lease = await ExportLease.take(deps, user.id, (store) => confirmedUser(store, actor, deps.clock));
    const running = new RunningExport(deps, user, lease);
    return {
      ...(await readAccount(deps, user)),
      ...{ user, at: lease.at },
      messages: () => running.messages(),
      reactions: () => running.reactions(),
      files: () => running.files(),
      close: () => lease.release(),
    };
  };
}

/** Reads what the person wrote, and keeps the lease while it does. */
class RunningExport {
  readonly #deps: Deps;
  readonly #user: User;
  readonly #lease: ExportLease;

  constructor(deps: Deps, user: User, lease: ExportLease) {
    this.#deps = deps;
    this.#user = user;
    this.#lease = lease;
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

  async *files(): AsyncIterable<ExportedFile> {
    for await (const { written } of this.#parts()) yield* exportedFiles({ ...this.#deps, lease: this.#lease }, written);
  }

  async *#parts() {
    for (let after: MessagePlace | undefined; ; ) {
      const part = await this.#deps.view.messages.personal({ userId: this.#user.id, after, window: WINDOW });
      yield part;
      if (!part.next) return;
      after = part.next;
      await nextTurn(this.#deps.timer);
      await this.#lease.renew();
    }
  }
}
