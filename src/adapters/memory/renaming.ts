import type { Users, UsersView } from '../../application/ports/users.ts';
import type { RenamedUser } from '../../domain/identity/renaming.ts';
import { type UsernameKey, usernameKey } from '../../domain/identity/username.ts';
import type { UserId } from '../../domain/ids.ts';
import { messageId } from '../../domain/messages/message.ts';
import { isRemoved } from './removed.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryRenaming(tables: Tables): Pick<Users, 'rename' | 'removeRested'> {
  const { users, messages, usersByKey, unsettledUsers, restingNames } = tables;
  return {
    async rename({ id, username, key, renamedAt, restsUntil }) {
      const credentials = users.current.get(id);
      if (!credentials || isRemoved(credentials) || !isFree(tables, { key, at: renamedAt, for: id })) return undefined;
      const former = usernameKey(credentials.user.username);
      const user = { id, username };
      for (const message of messages.current.values()) {
        if (message.author.id === id) messages.put(messageId(message), { ...message, author: user });
      }
      users.put(id, { ...credentials, user });
      usersByKey.remove(former);
      usersByKey.put(key, id);
      restingNames.remove(key);
      if (former !== key) restingNames.put(former, { key: former, userId: id, until: restsUntil });
      const unsettled = unsettledUsers.current.get(id);
      if (unsettled) unsettledUsers.put(id, { ...unsettled, key });
      return noteRename(tables, { user, renamedAt });
    },

    async removeRested(until) {
      const rested = [...restingNames.current.values()].filter((name) => name.until <= until);
      for (const { key } of rested) restingNames.remove(key);
      return rested.length;
    },
  };
}

/** Gives the rename its number. */
export function noteRename({ renames, renamedUsers }: Tables, renamed: Omit<RenamedUser, 'rename'>): RenamedUser {
  const rename = (renames.current.get('last') ?? 0) + 1;
  renames.put('last', rename);
  renamedUsers.put(renamed.user.id, { ...renamed, rename });
  return { ...renamed, rename };
}

export function makeMemoryRenamedView(tables: Tables, moment: Moment): Pick<UsersView, 'lastRename' | 'renamed'> {
  return {
    async lastRename() {
      return tables.renames[moment].get('last') ?? 0;
    },

    async renamed({ after, since, limit }) {
      const known = [...tables.renamedUsers[moment].values()].flatMap((renamed) => {
        const user = tables.users[moment].get(renamed.user.id)?.user;
        return user && renamed.rename > after && renamed.renamedAt >= since ? [{ ...renamed, user }] : [];
      });
      return known.sort((one, other) => one.rename - other.rename).slice(0, limit);
    },
  };
}

/** Whether the name can be given at this moment (ms): to the user, if one is named, or to a new one. */
export function isFree(
  { usersByKey, restingNames }: Tables,
  claim: { readonly key: UsernameKey; readonly at: number; readonly for?: UserId },
): boolean {
  const holder = usersByKey.current.get(claim.key);
  const resting = restingNames.current.get(claim.key);
  const rests = resting !== undefined && resting.until > claim.at && resting.userId !== claim.for;
  return (holder === undefined || holder === claim.for) && !rests;
}
