const END = 'end';

/** All that ends a line; a carriage return at the end of a piece may be half of one. */
const LINE_BREAK = /\r\n|\n|\r(?!$)/;

const FIELD = /^(event|data):? ?(.*)$/;

/**
 * Reads server-sent events, in whatever pieces they come, and passes the data of each on.
 * @returns takes the next piece; answers the code with which the server ended the stream, if it did
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
