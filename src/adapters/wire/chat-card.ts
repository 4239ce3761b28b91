import { isMuted } from '../../domain/attention/settings.ts';
import { unreadCalls } from '../../domain/reading/calls.ts';
import { type Face, faceOf } from './face.ts';
import type { WireChatSummary } from './user-frames.ts';

/** Everything that the template of a chat in the list shows, on the server and in the browser. */
export interface ChatCard extends Face {
  readonly id: number;
  readonly kind: WireChatSummary['kind'];
  readonly name: string;
  /** The page shows this chat. */
  readonly isCurrent: boolean;
  /** Who else is there, where another chat has the same name; empty for other chats. */
  readonly people: string;
  readonly preview: string;
  /** The unread messages as the card shows them; empty for none. */
  readonly unread: string;
  /** When the newest message was sent, in RFC 3339; null where there is none. */
  readonly sentAt: string | null;
  readonly isPinned: boolean;
  /** The viewer is notified of nothing here at this moment. */
  readonly isMuted: boolean;
  /** The other person of a direct chat of two; null for other chats. */
  readonly personId: number | null;
}

/** The viewer, and the chat that the page shows, if it shows one. */
export interface CardView {
  readonly viewerId: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly currentId?: number | undefined;
}

export function chatCard(summary: WireChatSummary, { viewerId, currentId, now }: CardView): ChatCard {
  const { id, kind, name, last, pinned } = summary;
  const personId = personIn(summary, viewerId);
  return {
    ...{ id, kind, name, personId, ...faceOf(name, personId ?? id) },
    isCurrent: id === currentId,
    people: peopleOf(summary),
    preview: previewOf(summary, viewerId),
    unread: unreadLabel(summary),
    sentAt: last?.sent_at ?? null,
    isPinned: pinned ?? false,
    isMuted: isMutedAt(now, summary),
  };
}

/** The other person of a direct chat of two; null for other chats. */
export function personIn({ people = [] }: WireChatSummary, viewerId: number): number | null {
  const others = people.filter((person) => person !== viewerId);
  return others.length === 1 ? (others[0] ?? null) : null;
}

export const isMutedAt = (now: number, { level, muted_until: until }: WireChatSummary): boolean =>
  isMuted({ level, mutedUntil: until === undefined ? null : Date.parse(until) }, now);

/** The order of the list: the chats that the viewer pinned come first, each part by the newest message. */
export const pinnedFirst = (chats: readonly WireChatSummary[]): readonly WireChatSummary[] =>
  chats.toSorted((one, other) => Number(other.pinned ?? false) - Number(one.pinned ?? false));

/** The number of unread messages, after an "@" where one of them mentions the viewer. */
export function unreadLabel({ unread, mentions }: Pick<WireChatSummary, 'unread' | 'mentions'>): string {
  if (unread === 0) return '';
  return `${mentions > 0 ? '@ ' : ''}${countLabel(unread)}`;
}

/** A number of unread messages, of which 100 stands for more than 99. */
export const countLabel = (unread: number): string => (unread > 99 ? '99+' : String(unread));

/** The number in the title of the page. */
export const callsIn = (chats: readonly WireChatSummary[]): number =>
  unreadCalls(chats.map(({ kind, unread, mentions }) => ({ isDirect: kind === 'direct', unread, mentions })));

/** The people by whom a chat is told apart from another one of its name. */
export const peopleOf = ({ others }: WireChatSummary): string => (others ? others.join(', ') || 'Only you' : '');

/** The newest message on one line, as plain text. */
export function previewOf({ last }: WireChatSummary, viewerId: number): string {
  if (!last) return 'No messages yet';
  switch (last.kind) {
    case 'notice':
      return last.snippet;
    case 'deleted':
      return 'Message deleted';
    case 'text':
      return `${last.author.id === viewerId ? 'You' : last.author.username}: ${last.snippet}`;
    default:
      return last.kind satisfies never;
  }
}
