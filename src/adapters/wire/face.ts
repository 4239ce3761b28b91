/** What stands for a person or a chat where there is no picture: the first letter of the name, on a hue that the id always has. */
export interface Face {
  readonly initial: string;
  /** 0 to 9, for `data-hue`. */
  readonly hue: number;
}

const HUES = 10;
const graphemes = new Intl.Segmenter();

export const faceOf = (name: string, id: number): Face => ({ initial: initialOf(name), hue: hueOf(id) });

/** The hues of neighbours in number are far apart (`tokens.css`). */
export const hueOf = (id: number): number => id % HUES;

/** The first grapheme. Segmenting is slow, and for ASCII, unless something that combines with it follows, needless. */
export function initialOf(name: string): string {
  if (PLAIN_INITIAL.test(name)) return name.charAt(0).toUpperCase();
  const [first] = graphemes.segment(name);
  return first?.segment.toUpperCase() ?? '';
}

const PLAIN_INITIAL = /^[\x21-\x7e]([\x20-\x7e]|$)/;
