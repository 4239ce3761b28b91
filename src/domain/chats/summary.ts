import { type PresentUser, presentUsers } from '../identity/renaming.ts';
import type { User } from '../identity/user.ts';
import type { Username } from '../identity/username.ts';
import type { ChatId } from '../ids.ts';
import type { MessageKind } from '../messages/message.ts';
import type { ChatName, Revision } from './chat.ts';

/** A chat as it stands in a list of chats. */
export interface ChatSummary {
  readonly id: ChatId;
  /** A direct chat has none of its own: see `namedFor`. */
  readonly name: ChatName;
  /** The people of a direct chat; undefined for a group. */
  readonly people?: readonly User[] | undefined;
  /** The chat's revision when this was read: a summary of a later one is newer. */
  readonly revision: Revision;
  /** Archived chats are out of the lists of their members. Left out where it is not. */
  readonly isArchived?: true | undefined;
  /** Number of members. */
  readonly members: number;
  /** The members who joined last, the latest first, at most MAX_LATEST; undefined where they were not read. */
  readonly latest?: readonly User[] | undefined;
  /** Names of other members. They tell the chat apart from others of its viewer with the same name, and are undefined where there are none. */
  readonly others?: readonly Username[] | undefined;
  /** The newest message; null for a chat in which nothing was posted. */
  readonly last: LastMessage | null;
}

export interface LastMessage {
  readonly position: Revision;
  readonly kind: MessageKind;
  readonly author: User;
  /** On one line, at most 140 code points of plain text. */
  readonly snippet: string;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
}

/** The summary with the present names of the people in it: the same object where no name is another. */
export function presentSummary<Summary extends ChatSummary>(summary: Summary, present: PresentUser): Summary {
  const author = summary.last && present(summary.last.author);
  const last = author && author !== summary.last?.author ? { ...summary.last, author } : summary.last;
  const people = summary.people && presentUsers(summary.people, present);
  const latest = summary.latest && presentUsers(summary.latest, present);
  if (last === summary.last && people === summary.people && latest === summary.latest) return summary;
  return { ...summary, last, people, latest };
}
