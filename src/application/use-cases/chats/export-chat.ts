import { type Chat, type Revision, revision } from '../../../domain/chats/chat.ts';
import { isDirect, type JoiningPlace, type Member, type Membership } from '../../../domain/chats/membership.ts';
import { assertAllowed, mayOversee, mayRead } from '../../../domain/chats/permissions.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import type { ActId, ListedAct } from '../../../domain/moderation/act.ts';
import type { Actor } from '../../actor.ts';
import { nextTurn } from '../../next-turn.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { StoreView } from '../../ports/store.ts';
import type { Timer } from '../../ports/timer.ts';
import { ExportLease, type LeaseDeps } from '../identity/export-lease.ts';
import { type ExportedFile, exportedFiles } from '../identity/exported-files.ts';
import { findChat } from './find-chat.ts';
import { namedChat } from './named-chat.ts';
import { type WholeMessage, wholeMessage } from './whole-message.ts';

/**
 * A chat as a member sees it. What is read of it later is as it is then, up to the revision at which the export began. A few rows are in memory
 * at a time. Close it when it was read, or will not be read any further.
 */
export interface ChatExport {
  readonly chat: Chat;
  readonly kind: 'group' | 'direct';
  readonly user: User;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Whether it has what the owner and moderators did: for them only. */
  readonly hasActs: boolean;
  /** In the order of joining. */
  members(): AsyncIterable<Member>;
  /** By position, from the first one at each call. */
  messages(): AsyncIterable<WholeMessage>;
  /** The newest first. */
  acts(): AsyncIterable<ListedAct>;
  files(): AsyncIterable<ExportedFile>;
  close(): Promise<void>;
}

/**
 * Begins an export of a chat.
 * @throws DomainError `forbidden`, also when there is no such chat, and while it is read for somebody who is no member any more; `conflict`
 * while another export of the actor runs; `too_many_requests`, `unavailable`
 */
export type ExportChat = (actor: Actor, chatId: ChatId) => Promise<ChatExport>;

/** Rows that are looked at in one read. A message has at most 40,000 bytes. */
const WINDOW = 100;

interface Deps extends LeaseDeps {
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly timer: Timer;
}

export function makeExportChat(deps: Deps): ExportChat {
  return async ({ user }, chatId) => {
    const lease = await ExportLease.take(deps, user.id, async ({ members }) =>
      assertAllowed(await members.find(chatId, user.id), mayRead),
    );
    const running = new RunningExport(deps, { lease, chatId, user });
    try {
      return await running.begin();
    } catch (error) {
      await lease.release();
      throw error;
    }
  };
}

/** Reads the chat, as long as its reader is a member, and keeps the lease while it does. */
class RunningExport {
  readonly #deps: Deps;
  readonly #lease: ExportLease;
  readonly #chatId: ChatId;
  readonly #user: User;

  constructor(
    deps: Deps,
    { lease, chatId, user }: { readonly lease: ExportLease; readonly chatId: ChatId; readonly user: User },
  ) {
    this.#deps = deps;
    this.#lease = lease;
    this.#chatId = chatId;
    this.#user = user;
  }

  async begin(): Promise<ChatExport> {
    const { view } = this.#deps;
    const membership = await this.#membership();
    const chat = await namedChat(view.chats, await findChat(view, this.#chatId), membership);
    const hasActs = mayOversee(membership);
    return {
      ...{ chat, hasActs, user: this.#user, at: this.#lease.at },
      kind: isDirect(membership.role) ? 'direct' : 'group',
      members: () => this.#members(),
      messages: () => this.#messages(chat.revision),
      acts: () => this.#acts(),
      files: () => this.#files(chat.revision),
      close: () => this.#lease.release(),
    };
  }

  async *#members(): AsyncGenerator<Member> {
    const { view } = this.#deps;
    for (let after: JoiningPlace | undefined; ; ) {
      const part = await view.members.list(this.#chatId, after, WINDOW);
      yield* part;
      const last = part.at(-1);
      if (!last || part.length < WINDOW) return;
      after = { joinedAt: last.joinedAt, userId: last.user.id };
      await this.#goOn();
    }
  }

  async *#messages(through: Revision): AsyncGenerator<WholeMessage> {
    const { messages } = this.#deps.view;
    for await (const part of this.#parts(through))
      for (const message of part) yield await wholeMessage(messages, message);
  }

  async *#files(through: Revision): AsyncGenerator<ExportedFile> {
    for await (const part of this.#parts(through)) yield* exportedFiles({ ...this.#deps, lease: this.#lease }, part);
  }

  async *#acts(): AsyncGenerator<ListedAct> {
    const { view } = this.#deps;
    for (let before: ActId | undefined; ; ) {
      assertAllowed(await this.#membership(), mayOversee);
      const part = await view.acts.list(this.#chatId, before, WINDOW);
      yield* part;
      if (part.length < WINDOW) return;
      before = part.at(-1)?.act.id;
      await this.#goOn();
    }
  }

  async *#parts(through: Revision): AsyncGenerator<readonly Message[]> {
    const { view } = this.#deps;
    for (let after = revision(0); ; ) {
      const part = await view.messages.after(this.#chatId, after, WINDOW);
      yield part.filter(({ position }) => position <= through);
      const last = part.at(-1);
      if (!last || part.length < WINDOW || last.position >= through) return;
      after = last.position;
      await this.#goOn();
    }
  }

  /** Before more is read. */
  async #goOn(): Promise<void> {
    await nextTurn(this.#deps.timer);
    await this.#lease.renew();
    await this.#membership();
  }

  async #membership(): Promise<Membership> {
    const membership = await this.#deps.view.members.find(this.#chatId, this.#user.id);
    assertAllowed(membership, mayRead);
    return membership;
  }
}
