import type { PresenceEvent } from '../../domain/events.ts';
import type { User } from '../../domain/identity/user.ts';
import type { SessionId, UserId } from '../../domain/ids.ts';
import {
  closedLease,
  type DeviceLease,
  type DeviceState,
  type DevicesState,
  isLive,
  leaseAt,
  stateOfDevices,
  timeLeft,
} from '../../domain/presence/lease.ts';
import type { Broadcast } from '../ports/broadcast.ts';
import type { Timer } from '../ports/timer.ts';

/** Time between two reports to the other instances, and between two looks for leases that have ended. */
const TICK_MS = 1_000;
/** Maximum people in one report. */
const MAX_REPORTED = 500;

/** A connection from a user's device. */
export interface ConnectedDevice {
  readonly sessionId: SessionId;
}

interface Person {
  /** As the device or instance that was heard of last has it. */
  user: User;
  /** Of devices that are connected here. */
  readonly here: Map<ConnectedDevice, DeviceLease>;
  /** What other instances have reported, by instance. */
  readonly elsewhere: Map<string, DeviceLease & { readonly activeSessions: readonly SessionId[] }>;
  known: DevicesState;
}

interface RosterDeps {
  readonly timer: Timer;
  readonly broadcast: Broadcast;
  /** The name of this instance among all. */
  readonly instance: string;
  readonly changed: (user: User) => void;
}

/**
 * The people who are connected anywhere, by leases. Nothing is stored: an instance learns of the others' people within the 30 s in which
 * each device renews its lease, and forgets them when an instance is no longer heard of.
 */
export class Roster {
  readonly #deps: RosterDeps;
  readonly #people = new Map<UserId, Person>();
  /** Whose leases here were renewed or have ended since the last report. */
  readonly #unreported = new Set<Person>();
  #isTicking = false;

  constructor(deps: RosterDeps) {
    this.#deps = deps;
    deps.broadcast.subscribeToPresence((event) => this.#hear(event));
  }

  get isEmpty(): boolean {
    return this.#people.size === 0;
  }

  stateOf(userId: UserId): DevicesState {
    return this.#people.get(userId)?.known ?? 'offline';
  }

  /** The sessions whose devices are active. */
  activeSessions(userId: UserId): ReadonlySet<SessionId> {
    const person = this.#people.get(userId);
    if (!person) return new Set();
    const elsewhere = [...person.elsewhere.values()].filter((lease) => isLive(lease, this.#now));
    return new Set([...this.#activeHere(person), ...elsewhere.flatMap(({ activeSessions }) => activeSessions)]);
  }

  renew(device: ConnectedDevice, user: User, state: DeviceState): void {
    const person = this.#personOf(user);
    person.here.set(device, leaseAt(this.#now, state));
    this.#unreported.add(person);
    this.#review(person);
  }

  /** The device's connection has closed. */
  close(device: ConnectedDevice, userId: UserId): void {
    const person = this.#people.get(userId);
    const lease = person?.here.get(device);
    if (lease) person?.here.set(device, closedLease(lease, this.#now));
  }

  #activeHere({ here }: Person): readonly SessionId[] {
    const active = [...here].filter(([, lease]) => lease.state === 'active' && isLive(lease, this.#now));
    return active.map(([{ sessionId }]) => sessionId);
  }

  get #now(): number {
    return this.#deps.timer.elapsed();
  }

  #personOf(user: User): Person {
    const known = this.#people.get(user.id);
    if (known) return Object.assign(known, { user });
    const person: Person = { user, here: new Map(), elsewhere: new Map(), known: 'offline' };
    this.#people.set(user.id, person);
    if (!this.#isTicking) this.#tickLater();
    return person;
  }

  /** A lost report is made up for by the next one. */
  #hear(event: PresenceEvent): void {
    if (event.type !== 'presence_reported' || event.instance === this.#deps.instance) return;
    const { instance, people } = event;
    for (const { user, availability, lastsMs, activeSessions } of people) {
      if (availability === 'offline') this.#people.get(user.id)?.elsewhere.delete(instance);
      else
        this.#personOf(user).elsewhere.set(instance, { ...leaseAt(this.#now, availability, lastsMs), activeSessions });
      const person = this.#people.get(user.id);
      if (person) this.#review(person);
    }
  }

  /** Notices whether the devices of the person say something else now. */
  #review(person: Person): void {
    const { user, here, elsewhere, known } = person;
    person.known = stateOfDevices([...here.values(), ...elsewhere.values()], this.#now);
    if (person.known !== known) this.#deps.changed(user);
  }

  #tickLater(): void {
    this.#isTicking = true;
    this.#deps.timer.after(TICK_MS, () => {
      this.#isTicking = false;
      for (const person of this.#people.values()) this.#sweep(person);
      this.#report();
      if (this.#people.size > 0) this.#tickLater();
    });
  }

  /** Drops what has ended. */
  #sweep(person: Person): void {
    const now = this.#now;
    for (const [device, lease] of person.here) {
      if (isLive(lease, now)) continue;
      person.here.delete(device);
      this.#unreported.add(person);
    }
    for (const [instance, lease] of person.elsewhere) if (!isLive(lease, now)) person.elsewhere.delete(instance);
    this.#review(person);
    if (person.here.size === 0 && person.elsewhere.size === 0) this.#people.delete(person.user.id);
  }

  #report(): void {
    const now = this.#now;
    const people = [...this.#unreported].map((person) => {
      const leases = [...person.here.values()];
      return {
        user: person.user,
        availability: stateOfDevices(leases, now),
        lastsMs: Math.ceil(timeLeft(leases, now)),
        activeSessions: this.#activeHere(person),
      };
    });
    this.#unreported.clear();
    const { broadcast, instance } = this.#deps;
    for (let first = 0; first < people.length; first += MAX_REPORTED) {
      const some = people.slice(first, first + MAX_REPORTED);
      broadcast.publishPresence({ type: 'presence_reported', instance, people: some });
    }
  }
}
