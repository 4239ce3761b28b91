import { addressesIn, type FoundAddress } from './addresses.ts';
import { flanks } from './flanks.ts';
import { destinationAt, linkTo } from './links.ts';
import { mentionAt } from './mentions.ts';
import { OpenMarkup } from './open-markup.ts';
import { type EmojiOf, shortcodeAt } from './shortcodes.ts';
import type { Inline } from './text-tree.ts';

export interface InlineContext {
  readonly emojiOf: EmojiOf;
  /** A quote mentions nobody. */
  readonly isQuoted: boolean;
}

/** Parses text without blank lines. */
export function inlinesOf(text: string, context: InlineContext): readonly Inline[] {
  if (text === '') return [];
  return MARKUP.test(text) ? new InlineReader(text, context).read() : [{ kind: 'text', text }];
}

const MARKUP = /[\\`*~|[\]@:]|www\./i;

/** Reads a text once, from its beginning to its end. */
class InlineReader {
  readonly #text: string;
  readonly #context: InlineContext;
  readonly #addresses: readonly FoundAddress[];
  readonly #open = new OpenMarkup();
  /** The last run of backticks of each length. */
  readonly #lastTicks: ReadonlyMap<number, number>;
  #at = 0;
  #nextAddress = 0;
  /** The first special character at or after `#at`. */
  #special = -1;
  #endOfEmoji = -1;

  constructor(text: string, context: InlineContext) {
    this.#text = text;
    this.#context = context;
    this.#addresses = addressesIn(text);
    this.#lastTicks = new Map([...text.matchAll(/`+/g)].map(({ 0: ticks, index }) => [ticks.length, index]));
  }

  read(): readonly Inline[] {
    while (this.#at < this.#text.length) {
      const address = this.#upcomingAddress();
      const special = this.#upcomingSpecial();
      const next = Math.min(address?.begin ?? this.#text.length, special);
      this.#open.text(this.#text.slice(this.#at, next));
      this.#at = next;
      if (address?.begin === next) this.#address(address);
      else if (next < this.#text.length) this.#readSpecial();
    }
    return this.#open.end();
  }

  #upcomingAddress(): FoundAddress | undefined {
    while ((this.#addresses[this.#nextAddress]?.begin ?? this.#at) < this.#at) this.#nextAddress += 1;
    return this.#addresses[this.#nextAddress];
  }

  #upcomingSpecial(): number {
    if (this.#special < this.#at) {
      SPECIAL.lastIndex = this.#at;
      this.#special = SPECIAL.exec(this.#text)?.index ?? this.#text.length;
    }
    return this.#special;
  }

  #address({ begin, end, href }: FoundAddress): void {
    this.#open.append({ kind: 'address', href, text: this.#text.slice(begin, end) });
    this.#at = end;
  }

  #readSpecial(): void {
    switch (this.#text[this.#at]) {
      case '\\':
        this.#escape();
        break;
      case '`':
        this.#code();
        break;
      case '[':
        this.#open.openBracket();
        this.#at += 1;
        break;
      case ']':
        this.#closeBracket();
        break;
      case '@':
        this.#mention();
        break;
      case ':':
        this.#shortcode();
        break;
      default:
        this.#delimiter();
    }
  }

  #escape(): void {
    ESCAPED.lastIndex = this.#at;
    const isEscape = ESCAPED.test(this.#text);
    const length = isEscape ? 2 : 1;
    this.#plain(this.#at + length, this.#text.slice(this.#at + length - 1, this.#at + length));
  }

  #code(): void {
    const from = this.#endOfRun();
    const length = from - this.#at;
    if ((this.#lastTicks.get(length) ?? -1) < from) {
      this.#plain(from);
      return;
    }
    TICKS.lastIndex = from;
    let closing = TICKS.exec(this.#text);
    while (closing && closing[0].length !== length) closing = TICKS.exec(this.#text);
    const to = closing?.index ?? this.#text.length;
    const code = this.#text.slice(from, to);
    if (code.trim() === '') {
      this.#plain(to + length);
      return;
    }
    this.#open.append({ kind: 'code', code: withoutPadding(code) });
    this.#at = to + length;
  }

  #delimiter(): void {
    const mark = this.#text[this.#at] ?? '';
    const end = this.#endOfRun();
    const length = end - this.#at;
    if (mark === '*' ? length > 3 : length !== 2) {
      this.#plain(end);
      return;
    }
    this.#open.delimiter({ mark, length, ...flanks(this.#text, { begin: this.#at, end }) });
    this.#at = end;
  }

  #closeBracket(): void {
    const destination = destinationAt(this.#text, this.#at + 1);
    const isLink = this.#open.closeBracket(destination && ((inlines) => linkTo(destination.href, inlines)));
    if (isLink && destination) this.#at = destination.end;
    else this.#plain(this.#at + 1);
  }

  #mention(): void {
    const { mention, end } = mentionAt(this.#text, this.#at);
    if (!mention || this.#context.isQuoted) {
      this.#plain(end);
      return;
    }
    this.#open.append({ kind: 'mention', ...mention, source: this.#text.slice(this.#at, end) });
    this.#at = end;
  }

  #shortcode(): void {
    const source = shortcodeAt(this.#text, this.#at, { endAt: this.#endOfEmoji });
    const shortcode = source?.slice(1, -1) ?? '';
    const emoji = source && this.#context.emojiOf(shortcode);
    if (!emoji) {
      this.#plain(this.#at + 1);
      return;
    }
    this.#open.append({ kind: 'emoji', shortcode, emoji });
    this.#at += source.length;
    this.#endOfEmoji = this.#at;
  }

  /** Everything up to `end` is plain text. */
  #plain(end: number, text = this.#text.slice(this.#at, end)): void {
    this.#open.text(text);
    this.#at = end;
  }

  /** The end of the run of equal characters that begins here. */
  #endOfRun(): number {
    const mark = this.#text[this.#at];
    let end = this.#at + 1;
    while (this.#text[end] === mark) end += 1;
    return end;
  }
}

const SPECIAL = /[\\`*~|[\]@:]/g;
const TICKS = /`+/g;
/** Where a list could begin, the dot after its number can be escaped too. Elsewhere it stays, as in `.\.venv`. */
const ESCAPED = /\\(?:[\\`*~|[\]@:>-]|(?<=(?:^|\n) {0,3}\d{1,9}\\)\.)/y;

/** A space on either side only keeps a backtick in the code away from those around it. */
const withoutPadding = (code: string): string =>
  code.startsWith(' ') && code.endsWith(' ') ? code.slice(1, -1) : code;
