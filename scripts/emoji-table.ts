import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const TABLE = 'src/domain/messages/text/emoji-table.ts';
const PER_LINE = 12;
/** Where two of them give one name to different emoji, the first counts. */
const SETS = ['github', 'emojibase', 'iamcal'];

interface Emoji {
  readonly hexcode: string;
  readonly unicode: string;
}

const read = (name: string) =>
  JSON.parse(readFileSync(join(root, 'node_modules/emojibase-data/en', `${name}.json`), 'utf8'));

/** The module with all shortcodes, made from emojibase-data. */
export function emojiTable(): string {
  const emoji: readonly Emoji[] = read('compact');
  const names = new Map<string, string[]>(emoji.map(({ hexcode }) => [hexcode, []]));
  const taken = new Set<string>();
  for (const set of SETS) {
    for (const [hexcode, given] of Object.entries<string | readonly string[]>(read(`shortcodes/${set}`))) {
      const free = [given].flat().filter((name) => names.has(hexcode) && !taken.has(name));
      names.get(hexcode)?.push(...free);
      for (const name of free) taken.add(name);
    }
  }
  const entries = emoji.flatMap(({ hexcode, unicode }) => {
    const [form, own = []] = [formOf(unicode), names.get(hexcode)];
    return form === undefined || own.length === 0 ? [] : [`${form} ${own.join(' ')}`];
  });
  const lines = Array.from({ length: Math.ceil(entries.length / PER_LINE) }, (_, n) =>
    entries.slice(n * PER_LINE, (n + 1) * PER_LINE).join('|'),
  );
  return `/** Emoji and their shortcodes, the usual one first. Made from emojibase-data 17 (MIT) by \`npm run emoji\`. */\nexport const EMOJI_TABLE = \`\n${lines.join('\n')}\`;\n`;
}

/** The form that is recommended for general interchange; undefined for parts of emoji, such as the letters of flags. */
const formOf = (emoji: string): string | undefined =>
  [emoji, emoji.replaceAll('\ufe0f', ''), `${emoji}\ufe0f`].find((form) => /^\p{RGI_Emoji}$/v.test(form));

if (import.meta.main) writeFileSync(join(root, TABLE), emojiTable());
