import type { User } from '../identity/user.ts';
import type { Availability } from './availability.ts';

/** A person as others are shown them. */
export interface PersonPresence {
  readonly user: User;
  readonly availability: Availability;
}

/** A person who said to be away until a moment, in milliseconds since 1970. */
export interface AwayPerson {
  readonly user: User;
  readonly until: number;
}
