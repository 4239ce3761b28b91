import type { Inline, Styled } from './text-tree.ts';

/** A delimiter whose markup is not closed yet, and what follows it. */
interface Opened {
  /** `*`, `~`, `|` or `[`. */
  readonly mark: string;
  /** Number of marks in the run when it was read. */
  readonly length: number;
  readonly mayClose: boolean;
  /** Number of marks that are left. */
  count: number;
  inlines: Inline[];
}

/** A run of equal marks. */
export interface Run {
  readonly mark: string;
  readonly length: number;
  readonly mayOpen: boolean;
  readonly mayClose: boolean;
}

/** Delimiters that are open at once. The oldest becomes plain text when another one opens: that bounds the depth and the time. */
const MAX_OPEN = 8;

const KINDS: Readonly<Record<string, Styled['kind']>> = {
  '*': 'emphasis',
  '**': 'strong',
  '~~': 'strike',
  '||': 'spoiler',
};

/**
 * The inline markup that is open at a place in a text. Each inline moves at most `MAX_OPEN` times towards the outside, so the time is
 * linear in their number.
 */
export class OpenMarkup {
  #inlines: Inline[] = [];
  readonly #opened: Opened[] = [];

  append(inline: Inline): void {
    appendTo(this.#innermost, inline);
  }

  text(text: string): void {
    if (text !== '') this.append({ kind: 'text', text });
  }

  /** Closes what the run can close, and opens what is left of it. */
  delimiter(run: Run): void {
    const left = run.mayClose ? this.#close(run) : run.length;
    if (left > 0 && run.mayOpen) this.#open(run, left);
    else this.text(run.mark.repeat(left));
  }

  openBracket(): void {
    this.#open({ mark: '[', length: 1, mayClose: false }, 1);
  }

  /**
   * Closes the innermost bracket.
   * @param linkOf makes a link of what the bracket has; undefined where that is not the text of a link, or no destination follows
   * @returns whether there is a link
   */
  closeBracket(linkOf: ((inlines: readonly Inline[]) => Inline | undefined) | undefined): boolean {
    const index = this.#opened.findLastIndex(({ mark }) => mark === '[');
    const opened = this.#opened[index];
    if (!opened) return false;
    const link = linkOf?.(this.#inside(index));
    if (!link) {
      this.#dissolve(index);
      return false;
    }
    this.#opened.length = index;
    // Links have no links in them.
    for (let at = index - 1; at >= 0; at -= 1) if (this.#opened[at]?.mark === '[') this.#dissolve(at);
    this.append(link);
    return true;
  }

  /** Everything; what is still open is plain text. */
  end(): readonly Inline[] {
    while (this.#opened.length > 0) this.#dissolve(0);
    return this.#inlines;
  }

  /** What follows an open delimiter. */
  #inside(index: number): readonly Inline[] {
    const inside = [...(this.#opened[index]?.inlines ?? [])];
    for (const inline of this.#opened.slice(index + 1).flatMap(asText)) appendTo(inside, inline);
    return inside;
  }

  get #innermost(): Inline[] {
    return this.#opened.at(-1)?.inlines ?? this.#inlines;
  }

  #open({ mark, length, mayClose }: Omit<Run, 'mayOpen'>, count: number): void {
    if (this.#opened.length === MAX_OPEN) this.#dissolve(0);
    this.#opened.push({ mark, length, mayClose, count, inlines: [] });
  }

  /** Returns how many of the marks have closed nothing. */
  #close(run: Run): number {
    let left = run.length;
    while (left > 0) {
      const index = this.#opened.findLastIndex((opened) => matches(opened, run));
      const opened = this.#opened[index];
      if (!opened) break;
      while (this.#opened.length > index + 1) this.#dissolve(index + 1);
      const used = Math.min(2, left, opened.count);
      const kind = KINDS[run.mark.repeat(used)] ?? 'emphasis';
      const styled: Styled = { kind, inlines: opened.inlines };
      left -= used;
      opened.count -= used;
      opened.inlines = [styled];
      if (opened.count === 0) {
        this.#opened.length = index;
        this.append(styled);
      }
    }
    return left;
  }

  /** Makes an open delimiter plain text: what follows it belongs to what is around it. */
  #dissolve(index: number): void {
    const [opened] = this.#opened.splice(index, 1);
    if (!opened) return;
    const outer = this.#opened[index - 1]?.inlines ?? this.#inlines;
    for (const inline of asText(opened)) appendTo(outer, inline);
  }
}

/** The rule of CommonMark: in `*a**b*` the two in the middle do not close the first. */
function matches(opened: Opened, run: Run): boolean {
  if (opened.mark !== run.mark) return false;
  const isAmbiguous = (opened.mayClose || run.mayOpen) && (opened.length + run.length) % 3 === 0;
  return run.mark !== '*' || !isAmbiguous || (opened.length % 3 === 0 && run.length % 3 === 0);
}

const asText = ({ mark, count, inlines }: Opened): readonly Inline[] => [
  { kind: 'text', text: mark.repeat(count) },
  ...inlines,
];

function appendTo(inlines: Inline[], inline: Inline): void {
  const last = inlines.at(-1);
  if (inline.kind === 'text' && last?.kind === 'text') {
    inlines[inlines.length - 1] = { kind: 'text', text: last.text + inline.text };
  } else inlines.push(inline);
}
