import type { Member } from '../../domain/chats/membership.ts';
import { DomainError } from '../../domain/errors.ts';
import type { User } from '../../domain/identity/user.ts';
import type { ChatId, SessionId, UserId } from '../../domain/ids.ts';
import { type Availability, availabilityOf } from '../../domain/presence/availability.ts';
import type { DeviceState } from '../../domain/presence/lease.ts';
import type { PersonPresence } from '../../domain/presence/person.ts';
import { AwayPeople } from './away-people.ts';
import type { DeviceUse } from './device-use.ts';
import type { NamingFeedDeps } from './feed-deps.ts';
import { logFeedFailure } from './log-feed-failure.ts';
import { type ConnectedDevice, Roster } from './roster.ts';

/** Shortest time between two rounds in which changes are told: changes of one person in between are told as one. */
const BETWEEN_MS = 1_000;
/** Maximum people read, and frames written, in one round. The rest waits for the next. */
const MAX_READ = 100;
const MAX_FRAMES = 2_000;
/** In larger chats nobody is told who is connected: each change would cost a frame for each of them. */
const MAX_MEMBERS = 250;

/** A connection that is told of others. */
export interface PresenceConnection extends ConnectedDevice {
  readonly userId: UserId;
  presence(person: PersonPresence): void;
}

/** The chats that connected users see. */
interface SeenChats {
  /** Which members have come or gone is not said. */
  peopleChanged(chatId: ChatId): void;
  watching(chatId: ChatId): { readonly members: number; readonly userIds: Iterable<UserId> } | undefined;
}

/** Tells connected users which of the people with whom they share a chat are connected, and which are away until when. */
export class LivePresence implements DeviceUse {
  readonly #deps: NamingFeedDeps;
  readonly #chats: SeenChats;
  readonly #roster: Roster;
  readonly #away: AwayPeople;
  readonly #connections = new Map<UserId, Set<PresenceConnection>>();
  /** Those whose change has yet to be told, the longest first. */
  readonly #untold = new Map<UserId, User>();
  #isDue = false;

  constructor(deps: NamingFeedDeps & { readonly instance: string }, chats: SeenChats) {
    const { timer, broadcast, instance } = deps;
    this.#deps = deps;
    this.#chats = chats;
    const changed = (user: User) => this.#changed(user);
    this.#roster = new Roster({ timer, broadcast, instance, changed });
    this.#away = new AwayPeople(deps, changed);
  }

  connect(connection: PresenceConnection): void {
    const { userId } = connection;
    this.#away.begin();
    const connections = this.#connections.get(userId);
    if (connections) connections.add(connection);
    else this.#connections.set(userId, new Set([connection]));
  }

  disconnect(connection: PresenceConnection): void {
    const { userId } = connection;
    const connections = this.#connections.get(userId);
    connections?.delete(connection);
    if (connections?.size === 0) this.#connections.delete(userId);
    this.#roster.close(connection, userId);
  }

  renew(connection: PresenceConnection, user: User, state: DeviceState): void {
    this.#roster.renew(connection, user, state);
  }

  activeSessions(userId: UserId): ReadonlySet<SessionId> {
    return this.#roster.activeSessions(userId);
  }

  availabilityOf(userId: UserId): Availability {
    const now = this.#deps.clock.now();
    return availabilityOf(this.#roster.stateOf(userId), { awayUntil: this.#away.untilOf(userId), now });
  }

  /** The other people of a chat who are connected or away; none where they cannot be read. The caller must be a member. */
  async othersIn(chatId: ChatId, userId: UserId): Promise<readonly PersonPresence[]> {
    if (this.#roster.isEmpty && this.#away.isEmpty) return [];
    const members = await this.#membersOf(chatId);
    return members
      .map(({ user }) => ({ user, availability: this.availabilityOf(user.id) }))
      .filter(({ user, availability }) => user.id !== userId && availability.state !== 'offline');
  }

  /** See `ChatFeedDeps`. In large chats only the followers count. Never rejects. */
  async countOnline(chatId: ChatId, followers: Iterable<UserId>): Promise<number> {
    const online = new Set(followers);
    const members = this.#roster.isEmpty ? [] : await this.#membersOf(chatId);
    for (const { user } of members) if (this.#roster.stateOf(user.id) !== 'offline') online.add(user.id);
    return online.size;
  }

  async #membersOf(chatId: ChatId): Promise<readonly Member[]> {
    const { view, log } = this.#deps;
    try {
      const members = await view.members.list(chatId, undefined, MAX_MEMBERS + 1);
      return members.length > MAX_MEMBERS ? [] : members;
    } catch (err) {
      logFeedFailure(log, { chatId, err });
      return [];
    }
  }

  #changed(user: User): void {
    this.#untold.set(user.id, user);
    if (this.#isDue) return;
    this.#isDue = true;
    this.#deps.timer.soon(() => void this.#tellSome());
  }

  /** Never rejects. */
  async #tellSome(): Promise<void> {
    let frames = 0;
    for (const user of [...this.#untold.values()].slice(0, MAX_READ)) {
      if (frames >= MAX_FRAMES) break;
      this.#untold.delete(user.id);
      frames += await this.#tell(user);
    }
    this.#deps.timer.after(BETWEEN_MS, () => {
      this.#isDue = false;
      for (const user of this.#untold.values()) return this.#changed(user);
    });
  }

  /** Answers the number of connections that were told. */
  async #tell(known: User): Promise<number> {
    const user = this.#deps.names.of(known);
    if (this.#connections.size === 0) return 0;
    try {
      const chats = await this.#deps.view.chats.ofUser(user.id);
      for (const { id } of chats) this.#chats.peopleChanged(id);
      const told = new Set<UserId>(chats.flatMap(({ id }) => this.#seenBy(id)));
      told.delete(user.id);
      const person = { user, availability: this.availabilityOf(user.id) };
      const connections = [...told].flatMap((userId) => [...(this.#connections.get(userId) ?? [])]);
      for (const connection of connections) connection.presence(person);
      return connections.length;
    } catch (err) {
      if (err instanceof DomainError) this.#untold.set(user.id, user);
      logFeedFailure(this.#deps.log, { userId: user.id, err });
      return 0;
    }
  }

  #seenBy(chatId: ChatId): readonly UserId[] {
    const seen = this.#chats.watching(chatId);
    return seen && seen.members <= MAX_MEMBERS ? [...seen.userIds] : [];
  }
}
