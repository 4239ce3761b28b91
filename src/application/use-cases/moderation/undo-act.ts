import { assertAllowed, mayOversee } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { type Act, type ActId, assertUndoable, cannotBeUndone } from '../../../domain/moderation/act.ts';
import { type Change, inverse, isSameValue } from '../../../domain/moderation/changes.ts';
import { assertMayUndo } from '../../../domain/moderation/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findChat } from '../chats/find-chat.ts';
import { readAspect, writeAspects } from './aspects.ts';
import { recordAct } from './record-act.ts';
import { undoNotice } from './undo-notice.ts';

/**
 * Puts everything back that an act changed, within ten minutes and as long as nothing else has changed it since. That is an act, too.
 * @throws DomainError `forbidden`, also when there is no such chat; `direct_chat`; `not_found` for an unknown act; `conflict` when it can no
 * longer be undone; `unavailable`
 */
export type UndoAct = (actor: Actor, undoing: { readonly chatId: ChatId; readonly id: ActId }) => Promise<void>;

export function makeUndoAct(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): UndoAct {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, id }) => {
    const at = clock.now();
    const { changes, notice } = await unitOfWork.run(async (store) => {
      const by = await store.members.find(chatId, user.id);
      assertAllowed(by, mayOversee);
      const act = await store.acts.find(chatId, id);
      if (!act) throw new DomainError('not_found', 'Nothing of this kind was done in this chat.');
      assertMayUndo(by, act);
      assertUndoable(act, await store.acts.after(chatId, id), at);
      await assertAsLeft(store, act);
      return putBack(store, { act, user, at });
    });
    for (const change of changes) publishMembership(broadcast, chatId, change);
    for (const change of changes) await publishMessage(deps, chatId, change);
    if (notice) broadcast.publishToChat(chatId, { type: 'message_posted', message: notice });
    else broadcast.publishToChat(chatId, { type: 'oversight_changed', chatId });
  };
}

/** @throws DomainError `conflict` when something that is no act has changed what the act changed */
async function assertAsLeft(store: Store, { chatId, changes }: Act): Promise<void> {
  const values = await Promise.all(changes.map((change) => readAspect(store, chatId, change)));
  const isAsLeft = changes.every(({ after }, index) => isSameValue(values[index] ?? null, after));
  if (!isAsLeft) throw cannotBeUndone();
}

interface Undoing {
  readonly act: Act;
  readonly user: User;
  readonly at: number;
}

async function putBack(store: Store, { act, user, at }: Undoing) {
  const { chatId, id, targetId } = act;
  const changes = inverse(act.changes);
  await writeAspects(store, chatId, changes);
  const text = await undoNotice(store, act, user);
  const notice = text && (await addNotice(store, { chatId, author: user, text, sentAt: at }, 'even_archived'));
  const { revision } = await findChat(store, chatId);
  await recordAct(store, { chatId, kind: 'undone', actorId: user.id, targetId, at, revision, changes, undoes: id });
  return { changes, notice };
}

function publishMembership(broadcast: Broadcast, chatId: ChatId, change: Change): void {
  if (change.aspect !== 'membership') return;
  const { userId, before } = change;
  broadcast.publishToUser(userId, { type: before ? 'role_set' : 'chat_joined', userId, chatId });
}

/** A restored message is told with what the store has kept of it besides its text: its reactions, and the message that it answers. */
async function publishMessage(
  { broadcast, view }: { readonly broadcast: Broadcast; readonly view: StoreView },
  chatId: ChatId,
  change: Change,
): Promise<void> {
  const message = change.aspect === 'message' && (await view.messages.find({ chatId, position: change.position }));
  if (message) broadcast.publishToChat(chatId, { type: 'message_changed', message });
}
