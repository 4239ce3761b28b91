/**
 * Whether a run of marks may open or close markup, by the characters beside it. The rule is CommonMark's, except that a letter of a
 * script without spaces between words is like a space: in `**「你好」**吧` the second run closes.
 */
export function flanks(text: string, { begin, end }: { readonly begin: number; readonly end: number }) {
  const before = classOf(codePointBefore(text, begin));
  const after = classOf(text.codePointAt(end) ?? SPACE);
  return {
    mayOpen: after !== 'space' && (after !== 'punctuation' || before !== 'letter'),
    mayClose: before !== 'space' && (before !== 'punctuation' || after !== 'letter'),
  };
}

type CharacterClass = 'space' | 'punctuation' | 'unspaced' | 'letter';

const SPACE = 0x20;

function codePointBefore(text: string, at: number): number {
  if (at === 0) return SPACE;
  const unit = text.charCodeAt(at - 1);
  return unit >= 0xdc00 && unit < 0xe000 ? (text.codePointAt(at - 2) ?? unit) : unit;
}

/** Looking up a class costs more than everything else here, and texts have few different characters. */
function classOf(codePoint: number): CharacterClass {
  const slot = codePoint % CACHED;
  if (cachedPoints[slot] !== codePoint) {
    cachedPoints[slot] = codePoint;
    cachedClasses[slot] = findClass(codePoint);
  }
  return cachedClasses[slot] ?? 'letter';
}

const CACHED = 512;
const cachedPoints: number[] = new Array(CACHED).fill(-1);
const cachedClasses: CharacterClass[] = new Array(CACHED).fill('letter');

function findClass(codePoint: number): CharacterClass {
  const character = String.fromCodePoint(codePoint);
  if (/\s/.test(character)) return 'space';
  if (PUNCTUATION.test(character)) return 'punctuation';
  return UNSPACED.some(([first, last]) => codePoint >= first && codePoint <= last) ? 'unspaced' : 'letter';
}

const PUNCTUATION = /[\p{P}$+<=>^`|~]/u;

/** From Thai to Burmese, Khmer, Hangul, and the blocks of Chinese and Japanese. */
const UNSPACED = [
  [0x0e00, 0x11ff],
  [0x1780, 0x17ff],
  [0x2e80, 0xd7ff],
  [0xf900, 0xfaff],
  [0xff00, 0xffef],
  [0x1b000, 0x1b2ff],
  [0x20000, 0x3ffff],
] as const;
