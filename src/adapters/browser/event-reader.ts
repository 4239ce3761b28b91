const END = 'end';

/**
 * Reads server-sent events, in whatever pieces they come, and passes the data of each on.
 * @returns takes the next piece; answers the code with which the server ended the stream, if it did
 */
export function eventReader({ data }: { data(frame: string): void }): (piece: string) => number | undefined {
  let rest = '';
  return (piece) => {
    const blocks = (rest + piece).split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n');
      const said = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice('data:'.length).trim());
      if (said.length === 0) continue;
      if (lines.some((line) => line === `event: ${END}`)) return codeIn(said.join('\n'));
      data(said.join('\n'));
    }
    return undefined;
  };
}

function codeIn(end: string): number {
  const said: unknown = JSON.parse(end);
  const code: unknown = typeof said === 'object' && said !== null ? Reflect.get(said, 'code') : said;
  return Number(code);
}
