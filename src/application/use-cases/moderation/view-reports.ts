import type { Chat } from '../../../domain/chats/chat.ts';
import type { Membership } from '../../../domain/chats/membership.ts';
import { assertAllowed, mayOversee, mayRemove } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import type { ListedReport } from '../../../domain/moderation/report.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';

export interface ReportedMessage {
  readonly message: TextMessage;
  /** The oldest first. */
  readonly reports: readonly ListedReport[];
  /** Whether the author is a member whom the actor may remove. */
  readonly mayBeRemoved: boolean;
  /** Whether the actor may ban the author, who may have left. */
  readonly mayBeBanned: boolean;
}

export interface ReportsQueue {
  readonly chat: Chat;
  /** By their first report, the oldest first. */
  readonly messages: readonly ReportedMessage[];
}

/** Maximum reports that are shown. */
const MAX_REPORTS = 200;

/**
 * The messages whose reports wait for the owner or a moderator.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`
 */
export type ViewReports = (actor: Actor, chatId: ChatId) => Promise<ReportsQueue>;

export function makeViewReports({ view }: { readonly view: StoreView }): ViewReports {
  return async ({ user }, chatId) => {
    const membership = await view.members.find(chatId, user.id);
    assertAllowed(membership, mayOversee);
    const chat = await findChat(view, chatId);
    const waiting = await view.reports.waiting(chatId, MAX_REPORTS);
    const byPosition = Map.groupBy(waiting, ({ report }) => report.position);
    const messages: ReportedMessage[] = [];
    for (const [position, reports] of byPosition) {
      const message = await view.messages.find({ chatId, position });
      // It may have been deleted since.
      if (message?.kind === 'text') messages.push({ message, reports, ...(await maysOn(view, membership, message)) });
    }
    return { chat, messages };
  };
}

async function maysOn({ members }: StoreView, by: Membership, { chatId, author }: TextMessage) {
  const member = await members.find(chatId, author.id);
  const mayBeRemoved = member !== undefined && mayRemove(by, member);
  return { mayBeRemoved, mayBeBanned: member ? mayBeRemoved : author.id !== by.userId };
}
