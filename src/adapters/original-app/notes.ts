/** A change by the upgrade that the operator may want to know. */
export interface Note {
  readonly about:
    | 'user renamed'
    | 'user merged'
    | 'user without password'
    | 'author added'
    | 'chat changed'
    | 'dropped'
    | 'kept';
  /** One line, whatever characters the names in it have. */
  readonly line: string;
}

/** The name in quotes. Characters that could break or reorder the line are escaped. */
export function quoted(name: string | null): string {
  if (name === null) return 'no name';
  const escaped = (char: string) => `\\u{${char.codePointAt(0)?.toString(16)}}`;
  return `"${name.replace(/[\p{C}\p{Zl}\p{Zp}"\\]/gu, escaped)}"`;
}
