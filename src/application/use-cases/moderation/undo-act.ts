import { assertAllowed, mayModerate } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { type Act, type ActId, assertUndoable, cannotBeUndone } from '../../../domain/moderation/act.ts';
import { type Change, inverse, isSameValue } from '../../../domain/moderation/changes.ts';
import { assertMayUndo } from '../../../domain/moderation/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { addNotice } from '../chats/add-notice.ts';
import { findChat } from '../chats/find-chat.ts';
import { readAspect, writeAspect } from './aspects.ts';
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
  readonly broadcast: Broadcast;
  readonly clock: Clock;
}): UndoAct {
  const { unitOfWork, broadcast, clock } = deps;

  return async ({ user }, { chatId, id }) => {
    const at = clock.now();
    const { changes, messages } = await unitOfWork.run(async (store) => {
      const by = await store.members.find(chatId, user.id);
      assertAllowed(by, mayModerate);
      const act = await store.acts.find(chatId, id);
      if (!act) throw new DomainError('not_found', 'Nothing of this kind was done in this chat.');
      assertMayUndo(by, act);
      assertUndoable(act, await store.acts.after(chatId, id), at);
      await assertAsLeft(store, act);
      return putBack(store, { act, user, at });
    });
    for (const change of changes) publish(broadcast, chatId, change);
    for (const message of messages) broadcast.publishToChat(chatId, told(message));
  };
}

/** @throws DomainError `conflict` when something that is no act has changed what the act changed */
async function assertAsLeft(store: Store, { chatId, changes }: Act): Promise<void> {
  for (const change of changes)
    if (!isSameValue(await readAspect(store, chatId, change), change.after)) throw cannotBeUndone();
}

interface Undoing {
  readonly act: Act;
  readonly user: User;
  readonly at: number;
}

async function putBack(store: Store, { act, user, at }: Undoing) {
  const { chatId, id, targetId } = act;
  const changes = inverse(act.changes);
  const messages: Message[] = [];
  for (const change of changes) {
    const changed = await writeAspect(store, chatId, change);
    if (changed) messages.push(changed);
  }
  const text = await undoNotice(store, act, user);
  if (text) messages.push(await addNotice(store, { chatId, author: user, text, sentAt: at }));
  const { revision } = await findChat(store, chatId);
  await recordAct(store, { chatId, kind: 'undone', actorId: user.id, targetId, at, revision, changes, undoes: id });
  return { changes, messages };
}

function publish(broadcast: Broadcast, chatId: ChatId, change: Change): void {
  if (change.aspect !== 'membership') return;
  const { userId, before } = change;
  broadcast.publishToUser(userId, { type: before ? 'role_set' : 'chat_joined', userId, chatId });
}

const told = (message: Message) =>
  message.kind === 'notice'
    ? ({ type: 'message_posted', message } as const)
    : ({ type: 'message_changed', message } as const);
