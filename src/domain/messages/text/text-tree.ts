/** A message's text after parsing. Rows, snippets, notifications and mentions are all made from it. */
export type TextTree = readonly Block[];

export type Block = Paragraph | CodeBlock | Quote | List;

/** One or more lines of text. Its line breaks and blank lines are `\n` characters within its plain text. */
export interface Paragraph {
  readonly kind: 'paragraph';
  readonly inlines: readonly Inline[];
}

export interface CodeBlock {
  readonly kind: 'code-block';
  /** The language as its author wrote it; null where none is given. */
  readonly language: string | null;
  readonly code: string;
}

export interface Quote {
  readonly kind: 'quote';
  readonly blocks: TextTree;
}

export interface List {
  readonly kind: 'list';
  /** The number of the first item; null for a list of bullets. */
  readonly start: number | null;
  readonly items: readonly TextTree[];
}

export type Inline = PlainText | Styled | Code | Link | Address | Emoji | Mention;

export interface PlainText {
  readonly kind: 'text';
  readonly text: string;
}

export interface Styled {
  readonly kind: 'strong' | 'emphasis' | 'strike' | 'spoiler';
  readonly inlines: readonly Inline[];
}

export interface Code {
  readonly kind: 'code';
  readonly code: string;
}

/** `[text](https://…)` */
export interface Link {
  readonly kind: 'link';
  /** With the scheme `http:` or `https:`. */
  readonly href: string;
  /** Has no links, addresses or mentions. */
  readonly inlines: readonly Inline[];
}

/** An address that was written as such. */
export interface Address {
  readonly kind: 'address';
  /** With the scheme `http:`, `https:` or `mailto:`. */
  readonly href: string;
  readonly text: string;
}

/** A shortcode that stands for an emoji. */
export interface Emoji {
  readonly kind: 'emoji';
  /** Without its colons. */
  readonly shortcode: string;
  readonly emoji: string;
}

/** What may be a mention: it is one if a member has the name. */
export interface Mention extends MentionedName {
  readonly kind: 'mention';
  /** As it was written. */
  readonly source: string;
}

export interface MentionedName {
  /** Without `@`, quotation marks and escapes. */
  readonly name: string;
  /** Written in quotation marks, as in `@"Mei Ling"`. */
  readonly isQuoted: boolean;
}
