import { placesOf } from '../../../domain/search/searched-message.ts';
import type { WireHit } from '../../wire/found-message.ts';
import type { WireChatSummary } from '../../wire/user-frames.ts';
import type { AnyPage, PageUser } from './any-page.ts';

export interface SearchPage extends AnyPage {
  readonly show: 'all' | 'unread' | 'direct';
  readonly formId: string;
  readonly user: PageUser;
  /** By their newest message, the newest first. */
  readonly chats: readonly WireChatSummary[];
  /** As it was typed. */
  readonly query: string;
  /** What is marked: folded texts. */
  readonly needles: readonly string[];
  /** The only chat that is searched, or null. */
  readonly chat: number | null;
  /** The zone in which days begin, or null for UTC. */
  readonly zone: string | null;
  readonly hits: readonly WireHit[];
  /** Names the next page, or null. */
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly complete: boolean;
}

/** A part of a text, and whether it was looked for. */
export interface MarkedPart {
  readonly text: string;
  readonly isMarked: boolean;
}

export interface ShownHit extends WireHit {
  /** The beginning of the text, or what is around the first words that were found. */
  readonly parts: readonly MarkedPart[];
  /** Stand for what is left out; empty for nothing. */
  readonly before: string;
  readonly after: string;
}

/** Units of UTF-16 before the first marked words, and in all. */
const BEFORE = 80;
const LENGTH = 320;

/** The hit with the part of its text that is shown, without markup and without the words of spoilers. */
export function shownHit(hit: WireHit, needles: readonly string[], plain: (text: string) => string): ShownHit {
  const { text, files } = hit.message;
  const words = text === '' ? `📎 ${files.map(({ name }) => name).join(', ')}` : plain(text);
  const ranges = placesOf(needles, words);
  const first = ranges[0]?.[0] ?? 0;
  const begin = first > BEFORE ? wordBegin(words, first - BEFORE) : 0;
  const end = Math.min(words.length, begin + LENGTH);
  const parts: MarkedPart[] = [];
  const add = (from: number, to: number, isMarked: boolean) => {
    if (from < Math.min(to, end)) parts.push({ text: words.slice(from, Math.min(to, end)).toWellFormed(), isMarked });
  };
  let at = begin;
  for (const [from, to] of ranges) {
    add(at, from, false);
    add(from, to, true);
    at = to;
  }
  add(at, end, false);
  const [before, after] = [begin > 0 ? '… ' : '', end < words.length ? ' …' : ''];
  return { ...hit, before, parts, after };
}

/** Behind the next space, if it is near. */
function wordBegin(text: string, at: number): number {
  const space = text.indexOf(' ', at);
  if (space >= 0 && space - at < BEFORE / 2) return space + 1;
  return /[\udc00-\udfff]/.test(text.charAt(at)) ? at + 1 : at;
}
