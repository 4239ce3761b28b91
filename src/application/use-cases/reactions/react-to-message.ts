import type { Revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayReact } from '../../../domain/chats/permissions.ts';
import type { ChatEvent } from '../../../domain/events.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import { emoji } from '../../../domain/reactions/emoji.ts';
import { assertRoomFor, assertTakesReactions } from '../../../domain/reactions/reacting.ts';
import { type ReactionsChange, reactionsOf } from '../../../domain/reactions/reactions-change.ts';
import { afterReaction } from '../../../domain/reactions/tally.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { ReactionKey } from '../../ports/reactions.ts';
import type { Store } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findMessage } from '../messages/find-message.ts';

export interface Reacting extends MessagePlace {
  readonly emoji: string;
  /** Whether the actor's reaction is to be there afterwards. */
  readonly on: boolean;
}

/**
 * The reactions to the message, once they are durable. Asking for what is so already changes nothing and takes no revision.
 * @throws DomainError `invalid_emoji`; `forbidden`, also when there is no such chat, and for notices; `not_found`; `deleted`;
 * `too_many_reactions`; `unavailable`
 */
export type ReactToMessage = (actor: Actor, reacting: Reacting) => Promise<ReactionsChange>;

export function makeReactToMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly broadcast: Broadcast;
}): ReactToMessage {
  const { unitOfWork, broadcast } = deps;

  return async ({ user }, { chatId, position, on, ...asked }) => {
    const key = { chatId, position, emoji: emoji(asked.emoji), userId: user.id };
    const { change, event } = await unitOfWork.run<Reacted>(async (store) => {
      assertAllowed(await store.members.find(chatId, user.id), mayReact);
      const message = await findMessage(store, key);
      assertTakesReactions(message);
      // The whole message is published: it may be a repetition, after an earlier change that was stored and never published.
      if ((await isOn(store, message, key)) === on)
        return { change: reactionsOf(message), event: { type: 'message_changed', message } };
      if (on) assertRoomFor(key.emoji, message);
      const change = await save(store, { key, on, user, reactions: message.reactions });
      return { change, event: { type: 'message_reacted', change } };
    });
    broadcast.publishToChat(chatId, event);
    return change;
  };
}

interface Reacted {
  readonly change: ReactionsChange;
  readonly event: ChatEvent;
}

/** A tally names only the first people: where more have reacted, the store is asked. */
async function isOn(store: Store, { reactions }: TextMessage, key: ReactionKey): Promise<boolean> {
  const tally = reactions.find(({ emoji }) => emoji === key.emoji);
  if (!tally) return false;
  if (tally.users.some(({ id }) => id === key.userId)) return true;
  return tally.count > tally.users.length && store.reactions.has(key);
}

async function save(
  store: Store,
  {
    key,
    on,
    user,
    reactions: before,
  }: { readonly key: ReactionKey; readonly on: boolean; readonly user: User } & Pick<TextMessage, 'reactions'>,
): Promise<ReactionsChange> {
  const { chatId, position, emoji } = key;
  const revision = await store.chats.nextRevision(chatId);
  if (on) await store.reactions.add(key, revision);
  else await takeBack(store, { key, user, until: revision });
  await store.messages.noteReactions(key, revision);
  const reactions = afterReaction(before, { emoji, user, on }) ?? (await store.reactions.tallies(key));
  return reactionsOf({ chatId, position, revision, reactions });
}

async function takeBack(
  store: Store,
  { key, user, until }: { readonly key: ReactionKey; readonly user: User; readonly until: Revision },
): Promise<void> {
  const from = await store.reactions.remove(key);
  if (from !== undefined) await store.past.add(key, { kind: 'reaction', emoji: key.emoji, user, from, until });
}
