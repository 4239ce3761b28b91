import { DomainError } from '../../domain/errors.ts';
import type { User } from '../../domain/identity/user.ts';
import type { UserId } from '../../domain/ids.ts';
import type { ConnectedActor } from '../actor.ts';
import type { FeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';
import type { PresentNames } from './present-names.ts';

/** Maximum users of whom one statement asks whether they share a chat with the one who was renamed. */
const MAX_ASKED = 500;
const RETRY_MS = 1_000;

/** A connection that is told of names. */
export interface NamedConnection {
  /** The user, or somebody with whom the user shares a chat, has another name. It may be told again. */
  renamed(user: User): void;
}

/** Tells connected users who of those with whom they share a chat has another name, and keeps the names of the connections' own actors. */
export class NameNews {
  readonly #deps: Pick<FeedDeps, 'view' | 'timer' | 'log'>;
  readonly #names: PresentNames;
  readonly #connections = new Map<UserId, Map<NamedConnection, ConnectedActor>>();

  constructor(deps: Pick<FeedDeps, 'view' | 'timer' | 'log'>, names: PresentNames) {
    this.#deps = deps;
    this.#names = names;
    names.onRename((user) => this.#tellAll(user));
  }

  /** From here on the actor has the present name. */
  connect(connection: NamedConnection, actor: ConnectedActor): void {
    this.#names.begin();
    actor.user = this.#names.of(actor.user);
    const connections = this.#connections.get(actor.user.id) ?? new Map<NamedConnection, ConnectedActor>();
    this.#connections.set(actor.user.id, connections.set(connection, actor));
  }

  disconnect(connection: NamedConnection, { user: { id } }: ConnectedActor): void {
    const connections = this.#connections.get(id);
    connections?.delete(connection);
    if (connections?.size === 0) this.#connections.delete(id);
  }

  /** Tells a connection of the renames that it may have missed while it was away. Never rejects. */
  async tellRecent(connection: NamedConnection, { user }: ConnectedActor): Promise<void> {
    const recent = this.#names.recent();
    if (recent.length === 0) return;
    try {
      const companions = await this.#deps.view.members.companions(user.id, recent);
      if (!this.#connections.get(user.id)?.has(connection)) return;
      const others = companions.filter(({ id }) => id !== user.id);
      for (const one of recent.includes(user.id) ? [user, ...others] : others) connection.renamed(this.#names.of(one));
    } catch (err) {
      logFeedFailure(this.#deps.log, { userId: user.id, err });
    }
  }

  #tellAll(user: User): void {
    for (const [connection, actor] of this.#connections.get(user.id) ?? []) {
      actor.user = user;
      connection.renamed(user);
    }
    void this.#tellCompanions(user);
  }

  /** Never rejects. */
  async #tellCompanions(user: User): Promise<void> {
    const { view, timer, log } = this.#deps;
    const others = [...this.#connections.keys()].filter((id) => id !== user.id);
    try {
      for (let first = 0; first < others.length; first += MAX_ASKED) {
        const companions = await view.members.companions(user.id, others.slice(first, first + MAX_ASKED));
        const present = this.#names.of(user);
        for (const { id } of companions)
          for (const connection of this.#connections.get(id)?.keys() ?? []) connection.renamed(present);
      }
    } catch (err) {
      logFeedFailure(log, { userId: user.id, err });
      if (err instanceof DomainError) timer.after(RETRY_MS, () => void this.#tellCompanions(this.#names.of(user)));
    }
  }
}
