import type { ChatSummary } from '../../domain/chats/summary.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { PersonPresence } from '../../domain/presence/person.ts';
import type { Reading } from '../../domain/reading/reading.ts';
import type { Line, Waiting } from '../delivery/line.ts';
import type { UserDialect } from '../delivery/user-dialect.ts';

/** What a user's socket is told of chats and people, of which only the latest counts: while enough is unsent, that is kept back. */
export class UserNews implements Waiting {
  readonly #line: Line;
  readonly #dialect: UserDialect;
  readonly #chats = new Map<ChatId, { readonly summary: ChatSummary; readonly reading: Reading }>();
  readonly #people = new Map<UserId, PersonPresence>();

  constructor(line: Line, dialect: UserDialect) {
    this.#line = line;
    this.#dialect = dialect;
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
    this.#chats.delete(id);
    this.#line.write(this.#dialect.left(id));
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

  drained(): void {}

  async goOn(): Promise<void> {
    const [summaries, people] = [[...this.#chats.values()], [...this.#people.values()]];
    this.#chats.clear();
    this.#people.clear();
    for (const { summary, reading } of summaries) this.chat(summary, reading);
    for (const person of people) this.presence(person);
  }

  stop(): void {
    this.#line.leave(this);
  }
}
