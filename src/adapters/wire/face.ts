/** What stands for a name as a picture: its first letter, on a hue that the name always has. */
export interface Face {
  readonly initial: string;
  /** 0 to 9, for `data-hue`. */
  readonly hue: number;
}

const HUES = 10;
const graphemes = new Intl.Segmenter();

export const faceOf = (name: string): Face => ({ initial: initialOf(name), hue: hueOf(name) });

/** The first grapheme. Segmenting is slow, and for ASCII, unless something that combines with it follows, needless. */
function initialOf(name: string): string {
  if (PLAIN_INITIAL.test(name)) return name.charAt(0).toUpperCase();
  const [first] = graphemes.segment(name);
  return first?.segment.toUpperCase() ?? '';
}

const PLAIN_INITIAL = /^[\x21-\x7e]([\x20-\x7e]|$)/;

/** FNV-1a: similar names get unlike hues. */
function hueOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return ((hash ^ (hash >>> 15)) >>> 0) % HUES;
}
