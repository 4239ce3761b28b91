import type { JoiningPlace } from '../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { MembersView } from '../ports/members.ts';

const PAGE = 1_000;

/** The users who are told of a chat. */
interface Audience {
  userIds(): Iterable<UserId>;
  endMembership(userId: UserId): void;
}

/** Ends the following of users who are no longer members, where the event that said so may have been lost. */
export class Departures {
  readonly #chatId: ChatId;
  readonly #audience: Audience;
  readonly #members: MembersView;
  #isSuspected = true;

  constructor(deps: { readonly chatId: ChatId; readonly audience: Audience; readonly members: MembersView }) {
    this.#chatId = deps.chatId;
    this.#audience = deps.audience;
    this.#members = deps.members;
  }

  /** Members may have left: every departure has a notice, but its event may have been lost. */
  suspect(): void {
    this.#isSuspected = true;
  }

  /** Reads the members only when some may have left since the last time, because it is called every few seconds. */
  async endMissed(): Promise<void> {
    if (!this.#isSuspected) return;
    this.#isSuspected = false;
    try {
      for (const userId of await this.#gone()) this.#audience.endMembership(userId);
    } catch (error) {
      this.#isSuspected = true;
      throw error;
    }
  }

  async #gone(): Promise<ReadonlySet<UserId>> {
    const gone = new Set<UserId>(this.#audience.userIds());
    for (let after: JoiningPlace | undefined, isLast = false; gone.size > 0 && !isLast; ) {
      const page = await this.#members.list(this.#chatId, after, PAGE);
      for (const { user, joinedAt } of page) {
        gone.delete(user.id);
        after = { joinedAt, userId: user.id };
      }
      isLast = page.length < PAGE;
    }
    return gone;
  }
}
