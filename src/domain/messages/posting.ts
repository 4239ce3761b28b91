import type { Revision } from '../chats/chat.ts';
import type { Membership } from '../chats/membership.ts';
import { assertAllowed, mayPost } from '../chats/permissions.ts';
import { assertSameMessage, type Message, type NewMessage, textMessage } from './message.ts';

/** The facts that a post is decided on, as they are when the post is carried out. */
export interface PostFacts {
  /** The author's membership; undefined also when the chat does not exist. */
  readonly membership: Membership | undefined;
  /** The message that the author posted earlier with the same client id. */
  readonly earlier: Message | undefined;
  readonly nextRevision: Revision;
}

export interface Posted {
  readonly message: Message;
  /** False when an earlier post stored the message: nothing is stored then. */
  readonly isNew: boolean;
}

/** @throws DomainError `forbidden` for anyone but a member, `conflict` when the client id was used for another text */
export function decidePost(post: Omit<NewMessage, 'position'>, facts: PostFacts): Posted {
  assertAllowed(facts.membership, mayPost);
  if (!facts.earlier) return { message: textMessage({ ...post, position: facts.nextRevision }), isNew: true };
  assertSameMessage(facts.earlier, post.text);
  return { message: facts.earlier, isNew: false };
}
