import type { Passkeys, PasskeysView } from '../../application/ports/passkeys.ts';
import type { Passkey } from '../../domain/identity/passkey.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryPasskeys(tables: Tables): Passkeys {
  return {
    ...makeMemoryPasskeysView(tables, 'current'),
    ...makeOwners(tables),
    ...makeKeeping(tables),
    ...makeChallenges(tables),
  };
}

export function makeMemoryPasskeysView({ passkeys, passkeyOwners }: Tables, moment: Moment): PasskeysView {
  return {
    async find(id) {
      return passkeys[moment].get(id);
    },
    async ofUser(userId) {
      const own = [...passkeys[moment].values()].filter((passkey) => passkey.userId === userId);
      return own.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
    },
    async handleOf(userId) {
      return passkeyOwners[moment].get(userId)?.handle;
    },
    async lastChange(userId) {
      return passkeyOwners[moment].get(userId)?.change;
    },
  };
}

function makeOwners({ users, passkeyOwners }: Tables): Pick<Passkeys, 'settleHandle' | 'noteChange'> {
  return {
    async settleHandle(userId, handle) {
      users.require(userId);
      const known = passkeyOwners.current.get(userId);
      if (!known) passkeyOwners.insert(userId, { handle, change: undefined });
      return known?.handle ?? handle;
    },
    async noteChange(userId, change) {
      const known = passkeyOwners.current.get(userId);
      if (known) passkeyOwners.put(userId, { ...known, change });
    },
  };
}

function makeKeeping({
  passkeys,
  passkeyOwners,
}: Tables): Pick<Passkeys, 'add' | 'use' | 'rename' | 'remove' | 'setHeld'> {
  const ownOf = (id: Passkey['id'], userId: Passkey['userId']) => {
    const passkey = passkeys.current.get(id);
    return passkey?.userId === userId ? passkey : undefined;
  };
  return {
    async add(passkey) {
      passkeyOwners.require(passkey.userId);
      if (passkeys.current.get(passkey.id)) return false;
      passkeys.insert(passkey.id, passkey);
      return true;
    },
    async use(id, { from, counter, usedAt }) {
      const known = passkeys.current.get(id);
      if (!known || known.counter !== from || known.heldAt !== null) return false;
      passkeys.put(id, { ...known, counter, usedAt });
      return true;
    },
    async rename(userId, id, name) {
      const known = ownOf(id, userId);
      if (known) passkeys.put(id, { ...known, name });
      return known !== undefined;
    },
    async remove(userId, id) {
      const known = ownOf(id, userId);
      if (known) passkeys.remove(id);
      return known;
    },
    async setHeld(userId, heldAt) {
      const own = [...passkeys.current.values()].filter((passkey) => passkey.userId === userId);
      for (const passkey of own) passkeys.put(passkey.id, { ...passkey, heldAt });
    },
  };
}

function makeChallenges({
  passkeyChallenges,
}: Tables): Pick<Passkeys, 'addChallenge' | 'takeChallenge' | 'removeExpiredChallenges'> {
  return {
    async addChallenge(challenge) {
      passkeyChallenges.insert(challenge.id, challenge);
    },
    async takeChallenge(id) {
      const known = passkeyChallenges.current.get(id);
      if (known) passkeyChallenges.remove(id);
      return known;
    },
    async removeExpiredChallenges(until) {
      const expired = [...passkeyChallenges.current.values()].filter(({ expiresAt }) => expiresAt <= until);
      for (const { id } of expired) passkeyChallenges.remove(id);
      return expired.length;
    },
  };
}
