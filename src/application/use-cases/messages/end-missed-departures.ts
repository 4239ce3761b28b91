import type { JoiningPlace } from '../../../domain/chats/membership.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { MembersView } from '../../ports/members.ts';
import type { Audience } from './audience.ts';

const PAGE = 1_000;

/** Ends the following of those who are members no more, where the event that said so may have been lost. */
export async function endMissedDepartures(audience: Audience, members: MembersView, chatId: ChatId): Promise<void> {
  const gone = new Set<UserId>(audience.userIds());
  for (let after: JoiningPlace | undefined, isLast = false; gone.size > 0 && !isLast; ) {
    const page = await members.list(chatId, after, PAGE);
    for (const { user, joinedAt } of page) {
      gone.delete(user.id);
      after = { joinedAt, userId: user.id };
    }
    isLast = page.length < PAGE;
  }
  for (const userId of gone) audience.endMembership(userId);
}
