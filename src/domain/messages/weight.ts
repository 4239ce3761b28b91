import type { LinkCard } from '../cards/link-card.ts';
import type { ChatChange } from '../reactions/reactions-change.ts';
import type { Tally } from '../reactions/tally.ts';
import { type Mention, textOf } from './message.ts';
import { isReply } from './quotes.ts';

/** Estimate of everything but texts and names, in bytes. */
const FRAME = 300;
const TALLY = 80;
const USER = 30;
const QUOTE = 150;
/** Its id twice, and the entry of its name. */
const MENTION = 60;
/** A file with its numbers, type and the addresses of its picture. */
const FILE = 600;
/** The names of a card's parts, its button and the address of its image. */
const CARD = 900;
/** Maximum bytes of a character that JSON or HTML escapes: `\u0001`, `&quot;`. */
const ESCAPED = 6;

/** Estimate of the bytes that a change of a message takes on its way to a reader. It is never much too low. */
export function weightOf(change: ChatChange): number {
  if (change.kind === 'reactions') return FRAME + weightOfTallies(change.reactions);
  let bytes = FRAME + weightOfText(textOf(change));
  if (change.kind !== 'text') return bytes;
  if (change.reactions.length > 0) bytes += weightOfTallies(change.reactions);
  if (change.mentions.length > 0) bytes += weightOfMentions(change.mentions);
  for (const { name } of change.files) bytes += FILE + ESCAPED * weightOfText(name);
  if (change.card !== null && change.card !== 'removed') bytes += weightOfCard(change.card);
  if (isReply(change)) bytes += QUOTE + weightOfText(change.replyTo.snippet);
  return bytes;
}

const weightOfCard = ({ href, title, description, site }: LinkCard): number =>
  CARD + 2 * href.length + 2 * weightOfText(title) + weightOfText(description) + weightOfText(site);

function weightOfMentions(mentions: readonly Mention[]): number {
  let bytes = 0;
  for (const { name } of mentions) bytes += MENTION + weightOfText(name);
  return bytes;
}

function weightOfTallies(tallies: readonly Tally[]): number {
  let bytes = 0;
  for (const { users } of tallies) {
    bytes += TALLY;
    for (const { username } of users) bytes += USER + weightOfText(username);
  }
  return bytes;
}

function weightOfText(text: string): number {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) bytes += weightOfUnit(text.charCodeAt(index));
  return bytes;
}

function weightOfUnit(unit: number): number {
  if (unit < 0x20 || unit === 0x7f || isEscaped(unit)) return ESCAPED;
  if (unit < 0x80) return 1;
  // The two units of a surrogate pair take four bytes.
  return unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff) ? 2 : 3;
}

/** One of `"`, `&`, `'`, `<`, `>` and `\`. */
function isEscaped(unit: number): boolean {
  return unit === 0x22 || unit === 0x26 || unit === 0x27 || unit === 0x3c || unit === 0x3e || unit === 0x5c;
}
