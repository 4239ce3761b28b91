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

/** The invites that still open something. The first of several with one code counts, as it did for the original app. */
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
    // The original app did not note who made an invite.
    const createdBy = chatId && owners.get(chatId);
    let problem: string | undefined;
    if (!code) problem = 'had no code';
    else if (chatId === undefined || createdBy === undefined)
      problem = 'led to chats that are not there, or have no members';
    else if (expiresAt === undefined) problem = 'did not say readably until when they are good';
    else if (expiresAt <= now) problem = 'had expired';
    else if (live.has(code)) problem = 'had the code of another';
    else live.set(code, { code, chatId, createdBy, expiresAt });
    if (problem) dropped.set(problem, (dropped.get(problem) ?? 0) + 1);
  }
  const notes = [...dropped].map(
    ([problem, count]): Note => ({ about: 'dropped', line: `invites that ${problem}: ${count}` }),
  );
  return { invites: [...live.values()], notes };
}
