import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toned } from '../src/adapters/browser/emoji/skin-tones.ts';
import { emoji } from '../src/domain/reactions/emoji.ts';

const root = join(import.meta.dirname, '..');
const TABLE = 'src/adapters/browser/emoji/picker-table.ts';
const TONES = [1, 2, 3, 4, 5] as const;

interface Listed {
  readonly unicode: string;
  readonly label: string;
  readonly tags?: readonly string[];
  readonly group?: number;
  readonly order?: number;
}

const read = (name: string) =>
  JSON.parse(readFileSync(join(root, 'node_modules/emojibase-data/en', `${name}.json`), 'utf8'));

/** The module with the emoji of the picker, by group, made from emojibase-data. */
export function pickerTable(): string {
  const groups: readonly { readonly order: number; readonly message: string }[] = read('messages').groups;
  const all: readonly Listed[] = read('compact');
  const lines = groups.flatMap(({ order, message }) => {
    const entries = all
      .filter(({ group }) => group === order)
      .toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0))
      .flatMap(entryOf);
    return entries.length === 0 || message === 'components' ? [] : [`${message}|${entries.join('|')}`];
  });
  return `/**
 * One line for each group: its name, and its emoji with the label and more words to search by. A star says that the emoji can have
 * a skin tone. Made from emojibase-data 17 (MIT) by \`npm run emoji\`.
 */
export const PICKER_TABLE = \`${lines.join('\n')}\`;
`;
}

function entryOf({ unicode, label, tags = [] }: Listed): readonly string[] {
  const form = formOf(unicode);
  if (form === undefined) return [];
  const named = new Set(label.split(/\W+/));
  const words = tags.filter((tag) => !named.has(tag));
  const star = TONES.every((tone) => formOf(toned(form, tone)) === toned(form, tone) && toned(form, tone) !== form);
  return [`${form}${star ? '*' : ''} ${[label, ...words].join(',')}`];
}

function formOf(text: string): string | undefined {
  try {
    return emoji(text);
  } catch {
    return undefined;
  }
}

if (import.meta.main) writeFileSync(join(root, TABLE), pickerTable());
