import type { ChatId, UserId } from '../ids.ts';
import type { Message, TextMessage } from '../messages/message.ts';
import { emojiOf } from '../messages/text/emoji-of.ts';
import { hasMarkup } from '../messages/text/markup.ts';
import { parseText } from '../messages/text/parse-text.ts';
import { plainText, SPOILER } from '../messages/text/plain-text.ts';
import { fold, folded } from './fold.ts';
import type { Feature, SearchQuery } from './search-query.ts';

/** A change of what the index has of a message makes a new version, and the index is built anew. */
export const SEARCH_VERSION = 1;

/** One thing that operators look for. No folded text has its first character. */
export type Mark = string;

const MARK = '\ue000';
export const chatMark = (id: ChatId): Mark => `${MARK}c${id}`;
export const authorMark = (id: UserId): Mark => `${MARK}u${id}`;
export const mentionMark = (id: UserId): Mark => `${MARK}m${id}`;
export const featureMark = (feature: Feature): Mark => `${MARK}${feature}`;

/** What the index has of a message; undefined for what is not searched: notices and deleted messages. */
export interface Searchable {
  /** Folded. */
  readonly text: string;
  readonly marks: readonly Mark[];
}

export function searchable(message: Message): Searchable | undefined {
  if (message.kind !== 'text') return undefined;
  const marks = [
    ...[chatMark(message.chatId), authorMark(message.author.id)],
    ...message.mentions.map(({ userId }) => mentionMark(userId)),
    ...featuresOf(message).map(featureMark),
  ];
  return { text: searchedTexts(message).map(folded).join(' ').trim(), marks: [...new Set(marks)] };
}

function featuresOf({ text, files, reactions, pin }: TextMessage): readonly Feature[] {
  const has: Readonly<Record<Feature, boolean>> = {
    link: LINK.test(text),
    file: files.length > 0,
    reaction: reactions.length > 0,
    pin: pin !== null,
  };
  return (['link', 'file', 'reaction', 'pin'] as const).filter((feature) => has[feature]);
}

const LINK = /https?:\/\/|\bwww\./i;

/**
 * The text as it was written, in which addresses of links stand, and as it is read, where that differs: without the markup within words, and with
 * the emoji of shortcodes. The names and alternative texts of files are searched, too.
 */
function searchedTexts({ text, files }: TextMessage): readonly string[] {
  const read = hasMarkup(text) ? plainText(parseText(text, emojiOf)).replaceAll(SPOILER, ' ') : text;
  const ofFiles = files.flatMap(({ name, alt }) => [name, ...(alt ? [alt] : [])]);
  return [text, ...(read === text ? [] : [read]), ...ofFiles];
}

/** Where something was found: units of UTF-16 in the text of the message, the second one behind the last. */
export type Range = readonly [begin: number, end: number];

/** A query whose names and days have been looked up. */
export interface Sought extends Pick<SearchQuery, 'needles' | 'without' | 'has'> {
  /** Undefined for anybody. */
  readonly authors: ReadonlySet<UserId> | undefined;
  /** The person who is mentioned; undefined where it does not matter. */
  readonly mentioned: UserId | undefined;
  /** The first moment (ms), and the one behind the last. */
  readonly since: number;
  readonly until: number;
}

/** Where the message has what is sought; undefined where it has not all of it, none for what is not in its text. */
export function rangesIn(message: Message, sought: Sought): readonly Range[] | undefined {
  if (message.kind !== 'text') return undefined;
  const { sentAt, author, mentions } = message;
  if (sentAt < sought.since || sentAt >= sought.until) return undefined;
  if (sought.authors && !sought.authors.has(author.id)) return undefined;
  if (sought.mentioned !== undefined && !mentions.some(({ userId }) => userId === sought.mentioned)) return undefined;
  const features = featuresOf(message);
  if (![...sought.has].every((feature) => features.includes(feature))) return undefined;
  const texts = searchedTexts(message).map(folded);
  const occurs = (needle: string) => texts.some((text) => text.includes(needle));
  if (!sought.needles.every(occurs) || sought.without.some(occurs)) return undefined;
  return placesOf(sought.needles, message.text);
}

/** Maximum ranges of a message. */
const MAX_RANGES = 100;

/** Where folded texts occur in a text, in order and without overlaps. */
export function placesOf(needles: readonly string[], original: string): readonly Range[] {
  if (needles.length === 0) return [];
  const { text, begins, ends } = fold(original);
  const found: Range[] = [];
  for (const needle of needles) {
    for (
      let at = text.indexOf(needle);
      at >= 0 && found.length < MAX_RANGES;
      at = text.indexOf(needle, at + needle.length)
    )
      found.push([begins[at] ?? 0, ends[at + needle.length - 1] ?? 0]);
  }
  return joined(found.toSorted(([one], [other]) => one - other));
}

/** Ranges that touch are one. */
function joined(ranges: readonly Range[]): readonly Range[] {
  const all: Range[] = [];
  for (const range of ranges) {
    const last = all.at(-1);
    if (last && range[0] <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], range[1])];
    else all.push(range);
  }
  return all;
}
