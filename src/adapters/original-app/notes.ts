/** What an upgrade did that somebody may want to know, by what it is about. */
export interface Note {
  readonly about:
    | 'user renamed'
    | 'user merged'
    | 'user without password'
    | 'author added'
    | 'chat changed'
    | 'dropped'
    | 'kept';
  /** One line, whatever the names in it hold. */
  readonly line: string;
}

/** The name in quotes, with everything written out that could break the line or turn it around. */
export function quoted(name: string | null): string {
  if (name === null) return 'no name';
  const escaped = (char: string) => `\\u{${char.codePointAt(0)?.toString(16)}}`;
  return `"${name.replace(/[\p{C}\p{Zl}\p{Zp}"\\]/gu, escaped)}"`;
}
