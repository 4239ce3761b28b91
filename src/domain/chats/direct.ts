import { DomainError } from '../errors.ts';
import type { User } from '../identity/user.ts';
import type { Branded, UserId } from '../ids.ts';
import type { ChatName } from './chat.ts';
import type { Role } from './membership.ts';

/** Maximum people in a direct chat besides the one who opens it. */
export const MAX_OTHERS = 8;

/** The set of people of a direct chat: their ids in ascending order. A set has one chat. */
export type PeopleKey = Branded<string, 'PeopleKey'>;

/** The name that is stored for a direct chat. It is shown to nobody. */
export const NO_NAME = 'Direct chat' as ChatName;

/** Who blocked whom. */
export interface Block {
  readonly by: UserId;
  readonly blocked: UserId;
}

export const peopleKey = (people: readonly Pick<User, 'id'>[]): PeopleKey =>
  inOrderOfIds(people)
    .map(({ id }) => id)
    .join(',') as PeopleKey;

export const inOrderOfIds = <T extends Pick<User, 'id'>>(people: readonly T[]): readonly T[] =>
  people.toSorted((one, other) => one.id - other.id);

/** A person whom another of the chat has blocked can read and cannot write. */
export const roleAmong = (person: UserId, blocks: readonly Block[]): Role =>
  blocks.some(({ blocked }) => blocked === person) ? 'blocked' : 'participant';

interface Named {
  readonly name: ChatName;
  /** The people of a direct chat; undefined for a group. */
  readonly people?: readonly User[] | undefined;
}

/** A direct chat has the names of the others as its name, so that each of its people sees another one. */
export function namedFor<T extends Named>(viewer: UserId, chat: T): T {
  if (!chat.people) return chat;
  const others = chat.people.filter(({ id }) => id !== viewer);
  return { ...chat, name: others.map(({ username }) => username).join(', ') as ChatName };
}

/**
 * The same for a name of nobody, for people who share no chat with the opener, and for those who blocked them: the opener must not learn
 * which it was.
 */
export function noDirectChat(): DomainError {
  return new DomainError('forbidden', 'You can only write to people with whom you share a chat.');
}
