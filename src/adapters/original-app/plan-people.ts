import { type Username, type UsernameKey, usernameKey } from '../../domain/identity/username.ts';
import { type UserId, userId } from '../../domain/ids.ts';
import { newIds } from './ids.ts';
import { freeUsername, mendedUsername, unchangedUsername } from './names.ts';
import { type Note, quoted } from './notes.ts';
import type { OriginalAuthor, OriginalUser } from './rows.ts';

/** The largest id that stays. New users get ids above it, which have to be safe integers. */
const MAX_OLD_ID = 2 ** 31 - 1;
const HASH = /^[0-9a-f]{64}$/;

export interface PlannedUser {
  readonly id: UserId;
  readonly username: Username;
  readonly key: UsernameKey;
  /** The SHA-256 of the password; undefined for an account without a readable hash, to which nobody can sign in. */
  readonly sha256: string | undefined;
}

export interface People {
  readonly users: readonly PlannedUser[];
  readonly byOriginalId: ReadonlyMap<string, UserId>;
  /** The users with a name. There may be several, since the original app allowed it. Contains the name of every author. */
  readonly byOriginalName: ReadonlyMap<string | null, readonly UserId[]>;
  readonly notes: readonly Note[];
}

/** An account, from a row, from several equal rows, or from an author without a row. */
interface Account {
  readonly name: string | null;
  readonly hash: string | null;
  readonly ids: (string | null)[];
}

/** Plans the users. It is deterministic, and no user gets the name or the messages of another. */
export function planPeople(rows: readonly OriginalUser[], authors: readonly OriginalAuthor[]): People {
  const notes: Note[] = [];
  const registered = mergeSame(rows, notes);
  const accounts = [...registered, ...withoutRow(registered, authors)];
  const ids = newIds(
    accounts.map((account) => account.ids[0] ?? null),
    MAX_OLD_ID,
  );
  const names = nameAll(accounts, ids);

  const users: PlannedUser[] = [];
  const byOriginalId = new Map<string, UserId>();
  const byOriginalName = new Map<string | null, UserId[]>();
  for (const [index, account] of accounts.entries()) {
    const [id, username] = [userId(ids[index] ?? 0), names[index]];
    if (username === undefined) throw new Error('An account has no name.');
    const sha256 = HASH.test(account.hash ?? '') ? (account.hash ?? undefined) : undefined;
    users.push({ id, username, key: usernameKey(username), sha256 });
    for (const original of account.ids) {
      if (original !== null && !byOriginalId.has(original)) byOriginalId.set(original, id);
    }
    // Messages without an author's name do not belong to users without a name.
    const isOnlyAuthor = account.ids.length === 0;
    if (account.name !== null || isOnlyAuthor) {
      byOriginalName.set(account.name, [...(byOriginalName.get(account.name) ?? []), id]);
    }
    notes.push(...notesOn(account, { id, username, sha256 }));
  }
  return { users, byOriginalId, byOriginalName, notes };
}

/** Merges rows with the same name and the same password: one person registered twice. */
function mergeSame(rows: readonly OriginalUser[], notes: Note[]): readonly Account[] {
  const accounts: Account[] = [];
  const seen = new Map<string, Account>();
  for (const { id, name, hash } of rows) {
    const same = JSON.stringify([name, hash]);
    const first = name === null ? undefined : seen.get(same);
    if (first) {
      first.ids.push(id);
      notes.push({ about: 'user merged', line: `${quoted(name)}: user ${id} is the same as user ${first.ids[0]}` });
    } else {
      const account = { name, hash, ids: [id] };
      accounts.push(account);
      seen.set(same, account);
    }
  }
  return accounts;
}

function withoutRow(registered: readonly Account[], authors: readonly OriginalAuthor[]): readonly Account[] {
  const known = new Set(registered.map(({ name }) => name).filter((name) => name !== null));
  const names = new Set(authors.map(({ name }) => name).filter((name) => name === null || !known.has(name)));
  return [...names].map((name) => ({ name, hash: null, ids: [] }));
}

/** Assigns names: first the valid ones, by age; then the others, by age; authors without an account come last. */
function nameAll(accounts: readonly Account[], ids: readonly number[]): readonly (Username | undefined)[] {
  const taken = new Set<UsernameKey>();
  const claim = (name: Username): Username => {
    taken.add(usernameKey(name));
    return name;
  };
  const names = accounts.map(({ name, ids: originals }) => {
    const unchanged = originals.length > 0 ? unchangedUsername(name) : undefined;
    return unchanged !== undefined && !taken.has(usernameKey(unchanged)) ? claim(unchanged) : undefined;
  });
  return names.map((name, index) => {
    const account = accounts[index];
    if (name !== undefined || !account) return name;
    const otherwise = account.ids.length > 0 ? `user-${ids[index]}` : 'unknown';
    return claim(freeUsername(mendedUsername(account.name, otherwise), (key) => taken.has(key)));
  });
}

function notesOn(account: Account, user: Omit<PlannedUser, 'key'>): readonly Note[] {
  const [original] = account.ids;
  const who = `${quoted(user.username)} (user ${user.id})`;
  if (original === undefined) {
    const known = account.name === null ? 'without a name' : `as ${quoted(account.name)}`;
    return [{ about: 'author added', line: `${who}, for messages written ${known}, which is not the name of a user` }];
  }
  const notes: Note[] = [];
  if (user.username !== account.name)
    notes.push({ about: 'user renamed', line: `${quoted(account.name)} is now ${who}` });
  if (user.sha256 === undefined)
    notes.push({ about: 'user without password', line: `${who}: its password hash is unreadable` });
  return notes;
}
