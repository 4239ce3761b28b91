import type { User } from '../identity/user.ts';
import { type UsernameKey, usernameKey } from '../identity/username.ts';
import type { Mention } from './message.ts';
import type { MessageBody } from './message-body.ts';
import { mentionsIn } from './text/mentions.ts';
import { parseText } from './text/parse-text.ts';
import type { MentionedName } from './text/text-tree.ts';

/** `@all` mentions every member of a chat of at most this many. In larger chats it is plain text. */
export const MAX_MENTIONED = 500;
/** Maximum names of one text that are looked up. */
const MAX_NAMES = 100;

/** Whom a text may mention: it mentions those of them who are members of the chat. */
export interface MentionedNames {
  readonly written: readonly MentionedName[];
  /** The keys of the written names, each once. */
  readonly keys: readonly UsernameKey[];
  /** Whether the text has `@all`. */
  readonly everyone: boolean;
}

export const NO_NAMES: MentionedNames = { written: [], keys: [], everyone: false };

export function mentionedNames(text: MessageBody): MentionedNames {
  // Most texts have none, and need only this search.
  if (!text.includes('@')) return NO_NAMES;
  const written = mentionsIn(parseText(text)).slice(0, MAX_NAMES);
  if (written.length === 0) return NO_NAMES;
  const keys = new Set(written.map(({ name }) => usernameKey(name)));
  return { written, keys: [...keys], everyone: written.some(isEveryone) };
}

/** The members of a chat to whom the names of a text may belong. */
export interface MentionedMembers {
  /** Those who have one of the names. */
  readonly named: readonly User[];
  /** All of them, but not more than MAX_MENTIONED and one; empty where the text has no `@all`. */
  readonly everyone: readonly User[];
  /** Mentions of the text before an edit. Their names stay with these people, whatever they or others are called by now. */
  readonly earlier?: readonly Mention[];
}

export const NO_MEMBERS: MentionedMembers = { named: [], everyone: [] };

/** The mentions of a text, in the order in which it has them. */
export function mentionsOf(
  names: MentionedNames,
  { named, everyone, earlier = [] }: MentionedMembers,
): readonly Mention[] {
  if (named.length === 0 && everyone.length === 0 && earlier.length === 0) return [];
  const byKey = new Map(named.map(({ id, username }) => [usernameKey(username), id]));
  for (const { name, userId } of earlier) byKey.set(usernameKey(name), userId);
  const all = everyone.length > MAX_MENTIONED ? [] : everyone;
  return names.written.flatMap((mention) => {
    const { name } = mention;
    if (isEveryone(mention)) return all.map(({ id: userId }) => ({ userId, name }));
    const userId = byKey.get(usernameKey(name));
    return userId === undefined ? [] : [{ userId, name }];
  });
}

export function areSameMentions(these: readonly Mention[], those: readonly Mention[]): boolean {
  return (
    these.length === those.length &&
    these.every(({ userId, name }, index) => userId === those[index]?.userId && name === those[index]?.name)
  );
}

const isEveryone = ({ name, isQuoted }: MentionedName): boolean => !isQuoted && name === 'all';
