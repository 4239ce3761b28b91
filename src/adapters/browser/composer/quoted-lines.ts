/** The words, if any, as lines of a quotation, followed by an empty line and the text. */
export function withQuotedLines(words: string, text: string): string {
  if (words === '') return text;
  const lines = words.trim().split('\n');
  return `${lines.map((line) => `> ${line}`.trimEnd()).join('\n')}\n\n${text}`;
}
