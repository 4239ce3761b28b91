import type { Revision } from '../chats/chat.ts';
import type { Membership } from '../chats/membership.ts';
import { assertAllowed, mayPost } from '../chats/permissions.ts';
import { assertSameMessage, type Message, type NewMessage, textMessage } from './message.ts';

/** What a post is decided on: the chat as it stands when the post's turn has come. */
export interface PostFacts {
  /** The author's membership of the chat; undefined also when there is no such chat. */
  readonly membership: Membership | undefined;
  /** The author's message under the post's client id. */
  readonly earlier: Message | undefined;
  readonly nextRevision: Revision;
}

export interface Posted {
  readonly message: Message;
  /** False when an earlier post had stored the message: then there is nothing to store. */
  readonly isNew: boolean;
}

/** @throws DomainError `forbidden` for anyone but a member, `conflict` when the client id was used for another text */
export function decidePost(post: Omit<NewMessage, 'position'>, facts: PostFacts): Posted {
  assertAllowed(facts.membership, mayPost);
  if (!facts.earlier) return { message: textMessage({ ...post, position: facts.nextRevision }), isNew: true };
  assertSameMessage(facts.earlier, post.text);
  return { message: facts.earlier, isNew: false };
}
