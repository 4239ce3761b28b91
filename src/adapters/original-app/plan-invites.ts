import type { ChatId, UserId } from '../../domain/ids.ts';
import { moment } from './moment.ts';
import type { Note } from './notes.ts';
import type { PlannedMember } from './plan-members.ts';
import type { OriginalInvite } from './rows.ts';

export interface PlannedInvite {
  readonly code: string;
  readonly chatId: ChatId;
  readonly createdBy: UserId;
  readonly expiresAt: number;
}

interface Known {
  readonly chats: ReadonlyMap<string | null, ChatId>;
  readonly members: readonly PlannedMember[];
  readonly now: number;
}

/** The invites that still work. Of several with one code the first counts, as in the original app. */
export function planInvites(
  rows: readonly OriginalInvite[],
  { chats, members, now }: Known,
): { readonly invites: readonly PlannedInvite[]; readonly notes: readonly Note[] } {
  const owners = new Map(members.filter(({ role }) => role === 'owner').map((owner) => [owner.chatId, owner.userId]));
  const live = new Map<string, PlannedInvite>();
  const dropped = new Map<string, number>();
  for (const { code, chatId: original, expiresAt: stored } of rows) {
    const chatId = original === null ? undefined : chats.get(original);
    const expiresAt = moment(stored);
    // The original app did not record who created an invite.
    const createdBy = chatId && owners.get(chatId);
    let problem: string | undefined;
    if (!code) problem = 'had no code';
    else if (chatId === undefined || createdBy === undefined)
      problem = 'led to chats that do not exist or have no members';
    else if (expiresAt === undefined) problem = 'had an unreadable expiry';
    else if (expiresAt <= now) problem = 'had expired';
    else if (live.has(code)) problem = 'had the code of another invite';
    else live.set(code, { code, chatId, createdBy, expiresAt });
    if (problem) dropped.set(problem, (dropped.get(problem) ?? 0) + 1);
  }
  const notes = [...dropped].map(
    ([problem, count]): Note => ({ about: 'dropped', line: `invites that ${problem}: ${count}` }),
  );
  return { invites: [...live.values()], notes };
}
