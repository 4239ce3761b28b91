import type { Actor } from '../../application/actor.ts';
import type { EndReason, NewSession, UserFollower } from '../../application/ports/follower.ts';
import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { PictureSet } from '../../domain/events.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { PersonPresence } from '../../domain/presence/person.ts';
import type { ListedChat, Reading } from '../../domain/reading/reading.ts';
import type { Typing } from '../../domain/typing/typing.ts';
import type { Line, Waiting } from '../delivery/line.ts';
import type { UserDialect } from '../delivery/user-dialect.ts';

interface UserNewsOptions {
  readonly line: Line;
  readonly dialect: UserDialect;
  /** Its user has the present name. */
  readonly actor: Actor;
  /** Called before the socket is told that the user is no longer a member of the chat. */
  readonly left: (id: ChatId) => void;
  readonly end: (reason: EndReason) => void;
}

/** What a user's socket is told of chats and people. Of some of it only the latest counts: while enough is unsent, that is kept back. */
export class UserNews implements UserFollower, Waiting {
  readonly #options: UserNewsOptions;
  readonly #line: Line;
  readonly #dialect: UserDialect;
  readonly #chats = new Map<ChatId, { readonly summary: ChatSummary; readonly reading: Reading }>();
  readonly #people = new Map<UserId, PersonPresence>();
  readonly #names = new Map<UserId, User>();
  readonly #overseen = new Set<ChatId>();

  constructor(options: UserNewsOptions) {
    this.#options = options;
    this.#line = options.line;
    this.#dialect = options.dialect;
  }

  hello(chats: readonly ListedChat[]): void {
    this.#line.write(this.#dialect.hello(this.#options.actor.user, chats));
  }

  chat(summary: ChatSummary, reading: Reading): void {
    if (this.#line.isHeld) {
      this.#chats.set(summary.id, { summary, reading });
      this.#line.wait(this);
      return;
    }
    // An older summary may still wait behind other followers of this connection.
    this.#chats.delete(summary.id);
    this.#line.write(this.#dialect.chat(summary, reading));
  }

  left(id: ChatId): void {
    this.#options.left(id);
    this.#chats.delete(id);
    this.#overseen.delete(id);
    this.#line.write(this.#dialect.left(id));
  }

  /** A peer that is behind needs it less than all that waits for it. */
  typing(typing: Typing): void {
    if (!this.#line.isHeld) this.#line.write(this.#dialect.typing(typing));
  }

  /** It would come too late for a peer that is behind. */
  sound(chatId: ChatId, position: Revision): void {
    if (!this.#line.isHeld) this.#line.write(this.#dialect.sound(chatId, position));
  }

  signedIn(session: NewSession): void {
    this.#line.write(this.#dialect.signedIn(session));
  }

  oversightChanged(id: ChatId): void {
    if (this.#line.isHeld) {
      this.#overseen.add(id);
      this.#line.wait(this);
      return;
    }
    this.#overseen.delete(id);
    this.#line.write(this.#dialect.oversight(id));
  }

  /** A peer that is behind sees it with its next page. */
  pictureSet(set: PictureSet): void {
    if (!this.#line.isHeld) this.#line.write(this.#dialect.picture(set));
  }

  presence(person: PersonPresence): void {
    if (this.#line.isHeld) {
      this.#people.set(person.user.id, person);
      this.#line.wait(this);
      return;
    }
    this.#people.delete(person.user.id);
    this.#line.write(this.#dialect.presence(person));
  }

  renamed(user: User): void {
    if (this.#line.isHeld) {
      this.#names.set(user.id, user);
      this.#line.wait(this);
      return;
    }
    this.#names.delete(user.id);
    this.#line.write(this.#dialect.user(user));
  }

  end(reason: EndReason): void {
    this.#options.end(reason);
  }

  drained(): void {}

  async goOn(): Promise<void> {
    const [summaries, people] = [[...this.#chats.values()], [...this.#people.values()]];
    const [names, overseen] = [[...this.#names.values()], [...this.#overseen]];
    this.#chats.clear();
    this.#people.clear();
    this.#names.clear();
    this.#overseen.clear();
    for (const user of names) this.renamed(user);
    for (const { summary, reading } of summaries) this.chat(summary, reading);
    for (const person of people) this.presence(person);
    for (const id of overseen) this.oversightChanged(id);
  }

  stop(): void {
    this.#line.leave(this);
  }
}
