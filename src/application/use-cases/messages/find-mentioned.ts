import type { ChatId } from '../../../domain/ids.ts';
import {
  MAX_MENTIONED,
  type MentionedMembers,
  type MentionedNames,
  NO_MEMBERS,
  NO_NAMES,
} from '../../../domain/messages/mentions.ts';
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
