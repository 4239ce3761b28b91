import type { User } from './user.ts';

const REST_MS = 90 * 24 * 3_600_000;

/**
 * The moment (ms) until which a former name rests: meanwhile only the account that had it can have it again, so that nobody else is
 * taken for that person.
 */
export const restsUntil = (renamedAt: number): number => renamedAt + REST_MS;

/** A user who has another name than before. */
export interface RenamedUser {
  readonly user: User;
  /** The number of the rename: renames of an installation are numbered in the order in which they were committed, from 1. */
  readonly rename: number;
  /** Milliseconds since 1970. */
  readonly renamedAt: number;
}

/** The user with their present name: the same object where that is the name it has. */
export type PresentUser = (user: User) => User;

/** The present names of these people: the same array where no name is another. */
export function presentUsers(users: readonly User[], present: PresentUser): readonly User[] {
  const now = users.map(present);
  return now.every((user, index) => user === users[index]) ? users : now;
}
