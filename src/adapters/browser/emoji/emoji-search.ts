import { PICKER_TABLE } from './picker-table.ts';

export interface PickedEmoji {
  readonly emoji: string;
  readonly label: string;
  /** The label and more words, in lower case. */
  readonly words: readonly string[];
  readonly hasTones: boolean;
}

export interface EmojiGroup {
  readonly name: string;
  readonly emoji: readonly PickedEmoji[];
}

export const EMOJI_GROUPS: readonly EmojiGroup[] = PICKER_TABLE.split('\n').map((line) => {
  const [name = '', ...entries] = line.split('|');
  return { name: name.charAt(0).toUpperCase() + name.slice(1), emoji: entries.map(parseEntry) };
});

function parseEntry(entry: string): PickedEmoji {
  const space = entry.indexOf(' ');
  const [label = '', ...more] = entry.slice(space + 1).split(',');
  const hasTones = entry[space - 1] === '*';
  const words = [label, ...more].flatMap((text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(Boolean);
  return { emoji: entry.slice(0, hasTones ? space - 1 : space), label, words, hasTones };
}

/**
 * The emoji whose words begin with each of the words that were typed, whatever their order: first those whose label begins so, then
 * those that have a whole word of them.
 */
export function searchEmoji(text: string, max: number): readonly PickedEmoji[] {
  const typed = plain(text)
    .split(/[^\p{L}\p{N}+-]+/u)
    .filter(Boolean);
  const [first] = typed;
  if (first === undefined) return [];
  const found = EMOJI_GROUPS.flatMap(({ emoji }) => emoji).filter(({ words }) =>
    typed.every((word) => words.some((one) => one.startsWith(word))),
  );
  const rank = ({ label, words }: PickedEmoji) =>
    label === typed.join(' ') ? 0 : words[0] === first ? 1 : words.includes(first) ? 2 : 3;
  return found.toSorted((one, other) => rank(one) - rank(other)).slice(0, max);
}

/** Without regard to case and accents. */
const plain = (text: string): string => text.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
