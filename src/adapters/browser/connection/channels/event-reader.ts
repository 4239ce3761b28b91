const END = 'end';

/** A carriage return at the end of a piece may be the first half of a line break. */
const LINE_BREAK = /\r\n|\n|\r(?!$)/;

const FIELD = /^(event|data):? ?(.*)$/;

/**
 * Reads server-sent events from pieces of any size, and passes the data of each event on.
 * @returns a function that takes the next piece, and returns the code with which the server ended the stream, if it did
 */
export function eventReader({ data }: { data(frame: string): void }): (piece: string) => number | undefined {
  let rest = '';
  let event = '';
  let said: string[] = [];
  return (piece) => {
    const lines = (rest + piece).split(LINE_BREAK);
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const [, field, value = ''] = FIELD.exec(line) ?? [];
      if (field === 'event') event = value;
      else if (field === 'data') said.push(value);
      if (line !== '') continue;
      const [type, text, isEmpty] = [event, said.join('\n'), said.length === 0];
      event = '';
      said = [];
      if (isEmpty) continue;
      if (type === END) return codeIn(text);
      data(text);
    }
    return undefined;
  };
}

function codeIn(end: string): number {
  const said: unknown = JSON.parse(end);
  const code: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'code') : said;
  return Number(code);
}
