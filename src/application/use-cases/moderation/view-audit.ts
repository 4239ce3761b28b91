import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayOversee } from '../../../domain/chats/permissions.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { type ActId, isUndoable, type ListedAct } from '../../../domain/moderation/act.ts';
import { mayUndo } from '../../../domain/moderation/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';

export interface AuditedAct extends ListedAct {
  /** Whether the actor may undo it and it can be undone now, as far as acts tell. */
  readonly mayBeUndone: boolean;
}

export interface Audit {
  readonly chat: Chat;
  /** The newest first. */
  readonly acts: readonly AuditedAct[];
  /** The act before which the next page begins; undefined on the last page. */
  readonly next: ActId | undefined;
}

export interface AuditQuery {
  readonly chatId: ChatId;
  readonly before?: ActId | undefined;
  readonly limit: number;
}

/**
 * What the owner and moderators did.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`
 */
export type ViewAudit = (actor: Actor, query: AuditQuery) => Promise<Audit>;

export function makeViewAudit({ view, clock }: { readonly view: StoreView; readonly clock: Clock }): ViewAudit {
  return async ({ user }, { chatId, before, limit }) => {
    const membership = await view.members.find(chatId, user.id);
    assertAllowed(membership, mayOversee);
    const chat = await findChat(view, chatId);
    const now = clock.now();
    // One more than the page holds tells whether there is a next page.
    const found = await view.acts.list(chatId, before, limit + 1);
    const page = found.slice(0, limit);
    const first = page.findLast(({ act }) => isUndoable(act, [], now));
    const recent = first ? await view.acts.after(chatId, first.act.id) : [];
    const mayBeUndone = ({ act }: ListedAct) =>
      mayUndo(membership, act) &&
      isUndoable(
        act,
        recent.filter(({ id }) => id > act.id),
        now,
      );
    return {
      chat,
      acts: page.map((listed) => ({ ...listed, mayBeUndone: mayBeUndone(listed) })),
      next: found.length > limit ? page.at(-1)?.act.id : undefined,
    };
  };
}
