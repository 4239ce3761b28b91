import type { User } from '../identity/user.ts';
import type { Availability } from './lease.ts';

/** A person as others are shown them. */
export interface PersonPresence {
  readonly user: User;
  readonly availability: Availability;
}
