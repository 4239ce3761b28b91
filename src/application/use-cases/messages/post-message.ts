import { DomainError } from '../../../domain/errors.ts';
import { fileIds } from '../../../domain/files/file.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { clientId } from '../../../domain/messages/client-id.ts';
import { mentionedNames } from '../../../domain/messages/mentions.ts';
import { type Message, mentionBytes, storedBytes } from '../../../domain/messages/message.ts';
import { captionBody } from '../../../domain/messages/message-body.ts';
import { decidePost, type Posted } from '../../../domain/messages/posting.ts';
import { answeredPosition } from '../../../domain/messages/quotes.ts';
import type { Actor } from '../../actor.ts';
import type { Broadcast } from '../../ports/broadcast.ts';
import type { Budgets } from '../../ports/budgets.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { Measurements } from '../../ports/measurements.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { type CardRules, linkOf } from '../cards/card-rules.ts';
import { assertWithinQuota } from './assert-within-quota.ts';
import { findMessage } from './find-message.ts';

export interface Post {
  readonly chatId: ChatId;
  readonly text: string;
  /** An idempotency key: posting again with the same one answers the first message and stores nothing. */
  readonly clientId?: string | undefined;
  /** The position of the message that this one answers. */
  readonly replyTo?: number | undefined;
  /** The ids of files that the author staged for this chat. With files, the text may be empty. */
  readonly files?: readonly number[] | undefined;
}

/**
 * The stored message, once it is durable. `isNew` is false when an earlier post stored it.
 * @throws DomainError `forbidden`, `invalid_message`, `invalid_client_id`, `invalid_reply`, `invalid_files`, `conflict`, `too_many_requests`, `slow_mode`, `unavailable`
 */
export type PostMessage = (actor: Actor, post: Post) => Promise<Posted>;

export function makePostMessage(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly broadcast: Broadcast;
  readonly clock: Clock;
  readonly budgets: Budgets;
  readonly log: Log;
  readonly measurements: Pick<Measurements, 'posted'>;
  readonly cardRules: CardRules;
}): PostMessage {
  const { unitOfWork, view, broadcast, clock, budgets, log, measurements } = deps;

  return async (actor, post) => {
    const { chatId } = post;
    const author = actor.user;
    const files = post.files ? fileIds(post.files) : NO_IDS;
    const text = captionBody(post.text, { files });
    const bytes = storedBytes(text);
    const names = mentionedNames(text);
    const sentAs = post.clientId === undefined ? null : clientId(post.clientId);
    const replyTo = post.replyTo === undefined ? null : answeredPosition(post.replyTo);
    const hasCardLink = linkOf(text, deps.cardRules) !== undefined;
    const said = { chatId, author, text, clientId: sentAs, replyTo, names, files, sentAt: clock.now(), hasCardLink };
    const decided = await unitOfWork
      .post({ chatId, author, clientId: sentAs, replyTo, names, files }, (facts) => {
        const decided = decidePost(said, facts);
        if (decided.isNew) assertWithinQuota(budgets, author.id, bytes + mentionBytes(decided.message));
        return decided;
      })
      .catch((error: unknown) => refuseUnstorable(log, error));

    // What an earlier post stored may have changed since. The facts of a post are the message without its reactions.
    const posted = decided.isNew ? decided : { ...decided, message: await findMessage(view, decided.message) };
    if (posted.isNew) {
      budgets.spend('stored_bytes', author.id, bytes + mentionBytes(posted.message));
      measurements.posted();
    }
    // Also for a message that an earlier post stored: that instance may have ended after storing and before publishing it.
    broadcast.publishToChat(chatId, { type: 'message_posted', message: posted.message });
    if (posted.isDirect) await bringBack(deps, posted.message);
    return posted;
  };
}

const NO_IDS: ReturnType<typeof fileIds> = [];

/** Tells those who have hidden the direct chat that the message brings it back. */
async function bringBack(
  { unitOfWork, view, broadcast }: Parameters<typeof makePostMessage>[0],
  { chatId, position }: Message,
): Promise<void> {
  for (const userId of await view.members.hiddenBefore(chatId, position)) {
    const isBack = await unitOfWork.run((store) => store.members.unhide(chatId, userId, position));
    if (isBack) broadcast.publishToUser(userId, { type: 'chat_joined', chatId, userId });
  }
}

/**
 * Either a bug, or data that the database never accepts: a constraint, a character that its encoding lacks, a row that is too large.
 * The same post would fail again, so it is refused; otherwise its client would reconnect and resend it for ever.
 */
function refuseUnstorable(log: Log, error: unknown): never {
  if (error instanceof DomainError) throw error;
  log.error({ event: 'message_unstorable', err: error }, 'a message could not be stored and was refused');
  const refusal = new DomainError('invalid_message', 'The server cannot store this message.');
  refusal.cause = error;
  throw refusal;
}
