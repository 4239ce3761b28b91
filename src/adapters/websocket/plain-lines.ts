/** C0 but tab and line feed, DEL, C1, line and paragraph separators, and what changes the order in which text is shown. */
const UNSAFE = /[\p{Cc}--[\t\n]]|[\u2028\u2029\u206a-\u206f\p{Bidi_Control}]/gv;
const INDENT = '  ';

/**
 * A message for a terminal. Control characters could colour, erase or retitle the terminal, and a line break could begin a line
 * that looks like another author's or the server's. So control characters are shown as escapes, and lines after the first are
 * indented. Only the output is changed, never what is stored.
 */
export function spokenLine(author: string, text: string): string {
  return `${escapeName(author)}: ${visible(text)}`;
}

/** A line of the server's own. No message looks like it, since every message begins with a name and a colon. */
export function serverLine(sentence: string): string {
  return `* ${visible(sentence).replaceAll(':', '')}`;
}

/** Names of the original app may contain what is refused today. A star or a space at the beginning marks other kinds of lines. */
function escapeName(name: string): string {
  return visible(name)
    .replaceAll(/[:\n]/g, escapeUnit)
    .replace(/^[*\s]/, escapeUnit);
}

function visible(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(UNSAFE, escapeUnit).replaceAll('\n', `\n${INDENT}`);
}

/** `\x1b`, `\u202e`. */
function escapeUnit(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code.padStart(4, '0')}`;
}
