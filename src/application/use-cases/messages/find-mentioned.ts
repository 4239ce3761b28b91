import { usernameKey } from '../../../domain/identity/username.ts';
import type { ChatId } from '../../../domain/ids.ts';
import {
  MAX_MENTIONED,
  type MentionedMembers,
  type MentionedNames,
  NO_MEMBERS,
  NO_NAMES,
} from '../../../domain/messages/mentions.ts';
import type { Mention, TextMessage } from '../../../domain/messages/message.ts';
import type { MembersView } from '../../ports/members.ts';

/** The members of the chat to whom the names may belong. It reads nothing where there are no names. */
export async function findMentioned(
  { members }: { readonly members: MembersView },
  chatId: ChatId,
  names: MentionedNames,
): Promise<MentionedMembers> {
  if (names === NO_NAMES) return NO_MEMBERS;
  const named = await members.named(chatId, names.keys);
  if (!names.everyone) return { named, everyone: [] };
  const everyone = await members.list(chatId, undefined, MAX_MENTIONED + 1);
  return { named, everyone: everyone.map(({ user }) => user) };
}

/** The same for another text of a message, in which the names that it mentioned before stay with those people who are still members. */
export async function findMentionedAgain(
  { members }: { readonly members: MembersView },
  { chatId, mentions }: Pick<TextMessage, 'chatId' | 'mentions'>,
  names: MentionedNames,
): Promise<MentionedMembers> {
  const found = await findMentioned({ members }, chatId, names);
  const known = new Map(found.named.map(({ id, username }) => [usernameKey(username), id]));
  const earlier: Mention[] = [];
  for (const mention of mentions) {
    const key = usernameKey(mention.name);
    if (!names.keys.includes(key) || known.get(key) === mention.userId) continue;
    if (await members.find(chatId, mention.userId)) earlier.push(mention);
  }
  return { ...found, earlier };
}
