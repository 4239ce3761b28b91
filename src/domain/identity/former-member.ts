import type { UserId } from '../ids.ts';
import { RESERVED_NAME, type Username, type UsernameKey } from './username.ts';

/** What a person is called whose account was deleted. Several people may be called so, and nobody else gets the name. */
export const FORMER_MEMBER = RESERVED_NAME as Username;

/** A key that is unique, and that no name has: names contain no control characters. */
export const keyOfFormer = (id: UserId): UsernameKey => `\u0001${id}` as UsernameKey;
