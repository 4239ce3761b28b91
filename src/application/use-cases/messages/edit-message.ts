import type { Revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayPost } from '../../../domain/chats/permissions.ts';
import { assertText, edited, isNewText, versionOf } from '../../../domain/messages/changes.ts';
import { areSameMentions, mentionedNames, mentionsOf } from '../../../domain/messages/mentions.ts';
import { mentionBytes, storedBytes, type TextMessage, textRevision } from '../../../domain/messages/message.ts';
import { captionBody } from '../../../domain/messages/message-body.ts';
import { assertMayEdit } from '../../../domain/messages/permissions.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs } from '../../ports/blobs.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Budgets } from '../../ports/budgets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import type { CardRules } from '../cards/card-rules.ts';
import { renewCard } from '../cards/renew-card.ts';
import { removeBlobs } from '../files/remove-blobs.ts';
import { assertWithinQuota } from './assert-within-quota.ts';
import { findMentionedAgain } from './find-mentioned.ts';
import { findMessage } from './find-message.ts';

export interface Edit extends MessagePlace {
  readonly text: string;
  /** The revision of the message that the editor saw. */
  readonly base: Revision;
}

/**
 * The message with its new text, once that is durable. An edit to the current text changes nothing.
 * @throws DomainError `forbidden` for anyone but the author, `not_found`, `deleted`, `invalid_message`, `too_many_requests`, `unavailable`, and
 * EditConflict when the text was changed after `base`
 */
export type EditMessage = (actor: Actor, edit: Edit) => Promise<TextMessage>;

export function makeEditMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly cardRules: CardRules;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly budgets: Budgets;
}): EditMessage {
  const { unitOfWork, broadcast, clock, budgets } = deps;

  return async ({ user }, { chatId, position, base, ...edit }) => {
    const place = { chatId, position };
    // Whether the text may be empty depends on the message.
    const text = captionBody(edit.text, { files: [edit] });
    const names = mentionedNames(text);
    const bytes = storedBytes(text);
    const at = clock.now();
    const { message, isNew, dropped } = await unitOfWork.run(async (store) => {
      const membership = await store.members.find(chatId, user.id);
      assertAllowed(membership, mayPost);
      const current = await findMessage(store, place);
      assertText(current);
      captionBody(text, current);
      assertMayEdit(membership, current);
      if (!isNewText(current, { text, base })) return { message: current, isNew: false, dropped: [] };
      const revision = await store.chats.nextRevision(chatId);
      const mentions = mentionsOf(names, await findMentionedAgain(store, current, names));
      const changed = { ...edited(current, text, { revision, at }), mentions };
      assertWithinQuota(budgets, user.id, bytes + mentionBytes(changed));
      await store.messages.addVersion(place, versionOf(current));
      await store.messages.change(changed);
      if (!areSameMentions(mentions, current.mentions)) {
        const earlier = { kind: 'mentions', mentions: current.mentions } as const;
        await store.past.add(place, { ...earlier, from: textRevision(current), until: revision });
        await store.messages.setMentions(place, mentions);
      }
      const { card, dropped } = await renewCard(store, { current, changed, rules: deps.cardRules });
      return { message: { ...changed, card }, isNew: true, dropped };
    });
    await removeBlobs(deps, dropped);
    if (isNew) budgets.spend('stored_bytes', user.id, bytes + mentionBytes(message));
    // Also for an edit that changed nothing: it may be a repetition, because the first one was stored and never published.
    broadcast.publishToChat(chatId, { type: 'message_changed', message });
    return message;
  };
}
