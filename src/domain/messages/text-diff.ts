/** A piece of two texts that are compared: in both, in the later one only, or in the earlier one only. */
export interface DiffPart {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/**
 * Maximum words that may differ for a comparison word by word. The time grows with the square of it; texts that differ more share
 * their beginnings and ends only.
 */
const MAX_EDITS = 400;

/** An emoji sequence: a flag, a keycap, or pictographs with their modifiers and tags. `\p{RGI_Emoji}` takes 20 times as long. */
const EMOJI = String.raw`\p{RI}{2}|[#*0-9]\ufe0f?\u20e3|\p{ExtPict}[\ufe0f\p{EMod}\u{e0020}-\u{e007f}]*(?:\u200d\p{ExtPict}[\ufe0f\p{EMod}]*)*`;
/** A character of a script that is written without spaces. */
const IDEOGRAPH = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]\p{M}*`;
/** Emoji, single characters of scripts without spaces, words, white space, and every other character by itself. */
const TOKENS = new RegExp(String.raw`${EMOJI}|${IDEOGRAPH}|[\p{L}\p{M}\p{N}_]+|\s+|.`, 'gsv');

/** What changed from one text to another, in words: joined without the added parts it is `from`, without the removed ones `to`. */
export function textDiff(from: string, to: string): readonly DiffPart[] {
  const [before, after] = [from.match(TOKENS) ?? [], to.match(TOKENS) ?? []];
  const start = commonStart(before, after);
  const end = commonEnd(before, after, start);
  const parts = new Parts();
  parts.add('same', before.slice(0, start));
  compare(before.slice(start, before.length - end), after.slice(start, after.length - end), parts);
  parts.add('same', before.slice(before.length - end));
  return parts.all();
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  let count = 0;
  while (count < before.length && count < after.length && before[count] === after[count]) count += 1;
  return count;
}

function commonEnd(before: readonly string[], after: readonly string[], start: number): number {
  const most = Math.min(before.length, after.length) - start;
  let count = 0;
  while (count < most && before[before.length - 1 - count] === after[after.length - 1 - count]) count += 1;
  return count;
}

function compare(before: readonly string[], after: readonly string[], parts: Parts): void {
  const steps = shortestEdits(before, after);
  let [x, y] = [0, 0];
  for (const { toX, toY } of steps ?? []) {
    // Each step is one removed or added token, and then equal ones.
    const same = Math.min(toX - x, toY - y);
    const [beforeSame, afterSame] = [toX - same, toY - same];
    parts.add('removed', before.slice(x, beforeSame));
    parts.add('added', after.slice(y, afterSame));
    parts.add('same', before.slice(beforeSame, toX));
    [x, y] = [toX, toY];
  }
  parts.add('removed', before.slice(x));
  parts.add('added', after.slice(y));
}

/** Where a step of the shortest way from one list to the other ends. */
interface Step {
  readonly toX: number;
  readonly toY: number;
}

/**
 * Myers' greedy algorithm: the furthest point on each diagonal for each number of edits. Undefined where there are too many edits.
 */
function shortestEdits(before: readonly string[], after: readonly string[]): readonly Step[] | undefined {
  const [n, m] = [before.length, after.length];
  const furthest = new Int32Array(2 * MAX_EDITS + 3);
  const at = (diagonal: number) => diagonal + MAX_EDITS + 1;
  const history: Int32Array[] = [];
  for (let edits = 0; edits <= Math.min(MAX_EDITS, n + m); edits += 1) {
    history.push(furthest.slice(at(-edits - 1), at(edits + 2)));
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = startOn(diagonal, edits, (k) => furthest[at(k)] ?? 0);
      while (x < n && x - diagonal < m && before[x] === after[x - diagonal]) x += 1;
      furthest[at(diagonal)] = x;
      if (x >= n && x - diagonal >= m) return wayBack(history, { x: n, y: m });
    }
  }
  return undefined;
}

/** The x at which a way with this many edits enters the diagonal: by adding a token, from above, or by removing one, from the left. */
function startOn(diagonal: number, edits: number, furthest: (diagonal: number) => number): number {
  const isFromAbove = diagonal === -edits || (diagonal !== edits && furthest(diagonal - 1) < furthest(diagonal + 1));
  return isFromAbove ? furthest(diagonal + 1) : furthest(diagonal - 1) + 1;
}

/** The steps that led to the end, in order. */
function wayBack(history: readonly Int32Array[], end: { readonly x: number; readonly y: number }): readonly Step[] {
  const steps: Step[] = [];
  let { x, y } = end;
  for (let edits = history.length - 1; edits >= 0; edits -= 1) {
    const saved = history[edits];
    const furthest = (k: number) => saved?.[k + edits + 1] ?? 0;
    const diagonal = x - y;
    steps.push({ toX: x, toY: y });
    const isFromAbove = diagonal === -edits || (diagonal !== edits && furthest(diagonal - 1) < furthest(diagonal + 1));
    const previous = isFromAbove ? diagonal + 1 : diagonal - 1;
    x = furthest(previous);
    y = x - previous;
  }
  return steps.toReversed();
}

/** Parts in the making. Neighbours of one kind are joined, and removed words stand before the added ones in their place. */
class Parts {
  readonly #parts: DiffPart[] = [];
  #removed = '';
  #added = '';
  /** White space between two changes: it belongs to both, so that whole phrases are shown instead of single words. */
  #gap = '';

  add(kind: DiffPart['kind'], tokens: readonly string[]): void {
    const text = tokens.join('');
    if (text === '') return;
    if (kind === 'same') this.#same(text);
    else {
      this.#removed += this.#gap;
      this.#added += this.#gap;
      this.#gap = '';
      if (kind === 'removed') this.#removed += text;
      else this.#added += text;
    }
  }

  all(): readonly DiffPart[] {
    this.#flush();
    return this.#parts;
  }

  #same(text: string): void {
    const hasChange = this.#removed !== '' || this.#added !== '';
    if (hasChange && this.#gap === '' && text.trim() === '') {
      this.#gap = text;
      return;
    }
    this.#flush();
    const last = this.#parts.at(-1);
    if (last?.kind === 'same') this.#parts.splice(-1, 1, { kind: 'same', text: last.text + text });
    else this.#parts.push({ kind: 'same', text });
  }

  #flush(): void {
    if (this.#removed !== '') this.#parts.push({ kind: 'removed', text: this.#removed });
    if (this.#added !== '') this.#parts.push({ kind: 'added', text: this.#added });
    const gap = this.#gap;
    [this.#removed, this.#added, this.#gap] = ['', '', ''];
    if (gap !== '') this.#parts.push({ kind: 'same', text: gap });
  }
}
