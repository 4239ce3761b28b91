import type { LinkCard } from '../../domain/cards/link-card.ts';
import type { MessageFile } from '../../domain/files/file.ts';
import type { User } from '../../domain/identity/user.ts';
import {
  type Mention,
  type Message,
  type MessageKind,
  type Quote,
  type TextMessage,
  textOf,
} from '../../domain/messages/message.ts';
import type { Tally } from '../../domain/reactions/tally.ts';
import { timestamp } from './timestamp.ts';

/** A message as scripts, sockets and the page template see it. */
export interface WireMessage {
  readonly id: number;
  readonly chat_id: number;
  readonly position: number;
  readonly revision: number;
  readonly client_id: string | null;
  readonly kind: MessageKind;
  readonly author: WireUser;
  /** Empty where the message was deleted. */
  readonly text: string;
  /** RFC 3339, UTC, with milliseconds. */
  readonly sent_at: string;
  /** When the text was last edited, likewise; null for a text as it was posted. */
  readonly edited_at: string | null;
  /** The message that this one answers, as it is now. */
  readonly reply_to: WireQuote | null;
  /** The ids of the people whom the text mentions. */
  readonly mentions: readonly number[];
  /** Whom each mentioned name in the text stands for; left out where there are no mentions. */
  readonly mentioned?: readonly WireMention[];
  readonly reactions: readonly WireTally[];
  readonly pinned: boolean;
  readonly files: readonly WireFile[];
  /** Shows the page that the text links to; left out when the message has no card. */
  readonly card?: WireCard;
  /** The id of the person who deleted the message, who can undo that for a minute. Only where it was deleted, like the next one. */
  readonly deleted_by?: number;
  /** Of a tombstone that no log shows, like the pages of the history: it comes in frames only. */
  readonly removed?: true;
  /** When it was deleted, like `sent_at`. */
  readonly deleted_at?: string;
}

export interface WireUser {
  readonly id: number;
  readonly username: string;
}

export interface WireMention {
  /** As the text has it. */
  readonly name: string;
  /** One, or all members of the chat for `all`. */
  readonly user_ids: readonly number[];
}

export interface WireQuote {
  readonly position: number;
  readonly author: WireUser;
  /** The beginning of the plain text; empty where the message was deleted. */
  readonly snippet: string;
  readonly kind: MessageKind;
}

export interface WireFile {
  readonly id: number;
  readonly name: string;
  /** A media type that was found in the bytes. */
  readonly type: string;
  readonly bytes: number;
  /** In pixels; left out where they are not known, like the height. */
  readonly width?: number;
  readonly height?: number;
  /** The alternative text of an image; left out where nobody wrote one. */
  readonly alt?: string;
}

export interface WireCard {
  /** The address in the text. */
  readonly url: string;
  readonly title: string;
  /** Empty where the page has none, like the next one. */
  readonly description: string;
  readonly site: string;
  readonly image: null | {
    /** The path of a copy on this server. */
    readonly url: string;
    readonly width: number;
    readonly height: number;
  };
}

export interface WireTally {
  readonly emoji: string;
  readonly count: number;
  /** The first 20 of them. */
  readonly users: readonly WireUser[];
}

type Details = Pick<
  WireMessage,
  'edited_at' | 'reply_to' | 'mentions' | 'mentioned' | 'reactions' | 'pinned' | 'files' | 'card'
>;

const NONE: readonly never[] = [];
/** Of a plain message as it was posted, of notices and of tombstones. */
export const NO_DETAILS: Details = {
  edited_at: null,
  reply_to: null,
  mentions: NONE,
  reactions: NONE,
  pinned: false,
  files: NONE,
};

export function toWire(message: Message): WireMessage {
  return {
    id: message.id,
    chat_id: message.chatId,
    position: message.position,
    revision: message.revision,
    client_id: message.clientId,
    kind: message.kind,
    author: toWireUser(message.author),
    text: textOf(message),
    sent_at: timestamp(message.sentAt),
    ...(message.kind === 'text' ? detailsOf(message) : NO_DETAILS),
    ...(message.kind === 'deleted' && {
      deleted_by: message.deletedBy,
      deleted_at: timestamp(message.deletedAt),
      ...(message.isHidden && { removed: true }),
    }),
  };
}

function detailsOf({ edit, replyTo, mentions, reactions, pin, files, card }: TextMessage): Details {
  return {
    edited_at: edit && timestamp(edit.at),
    reply_to: replyTo && toWireQuote(replyTo),
    mentions: mentions.length === 0 ? NONE : [...new Set(mentions.map(({ userId }) => userId))],
    ...(mentions.length > 0 && { mentioned: mentionedNames(mentions) }),
    reactions: reactions.length === 0 ? NONE : reactions.map(toWireTally),
    pinned: pin !== null,
    files: files.length === 0 ? NONE : files.map(toWireFile),
    ...(card !== null && card !== 'removed' && { card: toWireCard(card) }),
  };
}

function mentionedNames(mentions: readonly Mention[]): readonly WireMention[] {
  const byName = Map.groupBy(mentions, ({ name }) => name);
  return [...byName].map(([name, people]) => ({ name, user_ids: people.map(({ userId }) => userId) }));
}

const toWireUser = ({ id, username }: User): WireUser => ({ id, username });

export function toWireQuote({ position, author, snippet, kind }: Quote): WireQuote {
  return { position, author: toWireUser(author), snippet, kind };
}

export function toWireFile({ id, name, type, bytes, width, height, alt }: MessageFile): WireFile {
  const size = { ...(width !== null && { width }), ...(height !== null && { height }) };
  return { id, name, type, bytes, ...size, ...(alt !== undefined && { alt }) };
}

function toWireCard({ href, title, description, site, image }: LinkCard): WireCard {
  const copy = image && { url: `/files/${image.id}/card.webp`, width: image.width, height: image.height };
  return { url: href, title, description, site, image: copy };
}

export function toWireTally({ emoji, count, users }: Tally): WireTally {
  return { emoji, count, users: users.map(toWireUser) };
}
