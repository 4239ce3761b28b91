import type { Revision } from '../chats/chat.ts';
import { isDirect, type Membership } from '../chats/membership.ts';
import { assertAllowed, mayPost, mayPostAtAnyRate } from '../chats/permissions.ts';
import { attachable, type FileId, type StoredFile } from '../files/file.ts';
import type { AnnounceMessage, MakeCard } from '../jobs/job.ts';
import { assertNotTooEarly, type SlowMode } from '../moderation/slow-mode.ts';
import { type MentionedMembers, type MentionedNames, mentionsOf } from './mentions.ts';
import { assertSameMessage, type Message, type NewMessage, type Quote, textMessage } from './message.ts';
import { assertAnswered } from './quotes.ts';

/** The facts that a post is decided on, as they are when the post is carried out. */
export interface PostFacts {
  /** The author's membership; undefined also when the chat does not exist. */
  readonly membership: Membership | undefined;
  /** The message that the author posted earlier with the same client id. */
  readonly earlier: Message | undefined;
  /** The message that the post answers; undefined when the chat has no message there. */
  readonly quoted: Quote | undefined;
  /** The members to whom the names in the text may belong. */
  readonly mentioned: MentionedMembers;
  /** Those of the post's files that exist; left out for a post without files. */
  readonly staged?: readonly StoredFile[] | undefined;
  /** Whether a member other than the author has a device that receives push messages. */
  readonly hasPushDevices: boolean;
  /** Undefined where the chat has no slow mode. */
  readonly slowMode?: SlowMode | undefined;
  readonly nextRevision: Revision;
}

export interface PostedText extends Omit<NewMessage, 'position'> {
  /** The position of the message that the post answers. */
  readonly replyTo: Revision | null;
  /** Those that the text mentions. */
  readonly names: MentionedNames;
  readonly files: readonly FileId[];
  /** Whether the text has a link that gets a card. */
  readonly hasCardLink?: boolean;
}

export type PostJob = AnnounceMessage | MakeCard;

export interface Posted {
  readonly message: Message;
  /** False when an earlier post stored the message: nothing is stored then. */
  readonly isNew: boolean;
  /** Whether it was posted in a direct chat. */
  readonly isDirect: boolean;
  /** Jobs to store with the message. */
  readonly jobs: readonly PostJob[];
  /** To be noted as the author's last post in the slow chat, in milliseconds since 1970; undefined where nothing is to be noted. */
  readonly notedAt?: number | undefined;
}

/**
 * @throws DomainError `forbidden` for anyone but a member, `conflict` when the client id was used for another message, `invalid_reply`
 * when the chat has no message at `replyTo`, `invalid_files` when a file is not staged by the author for this chat, `slow_mode` when it is too early
 */
export function decidePost({ names, hasCardLink = false, ...post }: PostedText, facts: PostFacts): Posted {
  assertAllowed(facts.membership, mayPost);
  const { membership, earlier, mentioned, hasPushDevices, nextRevision: position } = facts;
  const direct = isDirect(membership.role);
  if (earlier) {
    assertSameMessage(earlier, post);
    return { message: earlier, isNew: false, isDirect: direct, jobs: NO_JOBS };
  }
  const slowMode = mayPostAtAnyRate(membership) ? undefined : facts.slowMode;
  if (slowMode) assertNotTooEarly(slowMode, post.sentAt);
  return {
    message: textMessage({
      ...post,
      position,
      replyTo: answered(post, facts),
      mentions: mentionsOf(names, mentioned),
      files: attachable(post.files, facts.staged ?? [], {
        chatId: post.chatId,
        authorId: post.author.id,
        sentAt: post.sentAt,
      }),
    }),
    isNew: true,
    notedAt: slowMode && post.sentAt,
    isDirect: direct,
    jobs: jobsOf({ chatId: post.chatId, position }, { hasPushDevices, hasCardLink }),
  };
}

const NO_JOBS: readonly PostJob[] = [];

function jobsOf(
  place: Pick<AnnounceMessage, 'chatId' | 'position'>,
  { hasPushDevices, hasCardLink }: { readonly hasPushDevices: boolean; readonly hasCardLink: boolean },
): readonly PostJob[] {
  if (!hasPushDevices && !hasCardLink) return NO_JOBS;
  return [
    ...(hasPushDevices ? [{ kind: 'announce_message', ...place } as const] : []),
    ...(hasCardLink ? [{ kind: 'make_card', ...place, tries: 0 } as const] : []),
  ];
}

function answered({ replyTo }: Pick<PostedText, 'replyTo'>, { quoted }: PostFacts): Quote | null {
  if (replyTo === null) return null;
  assertAnswered(quoted);
  return quoted;
}
