import { expect, it } from 'vitest';
import { serverLine, spokenLine } from '../../src/adapters/websocket/plain-lines.ts';

it.each([
  ['* server', '\\x2a server: hi'],
  ['a\u001b[1m', 'a\\x1b[1m: hi'],
  ['ada\u202e', 'ada\\u202e: hi'],
  ['ada\nbob', 'ada\\x0a  bob: hi'],
  ['a:b', 'a\\x3ab: hi'],
  ['  bob', '\\x20 bob: hi'],
  ['Ольга', 'Ольга: hi'],
])('TM-1: the name %j cannot make a line look like another one', (name, line) => {
  expect(spokenLine(name, 'hi')).toBe(line);
});

it('TM-1: no message, whatever it holds, has a line that begins like the server’s', () => {
  for (const lineBreak of ['\n', '\r\n', '\r', '\u0085', '\u2028', '\u2029', '\v', '\f', '\n\r', '\r\r\n']) {
    const lines = spokenLine('ada', `a${lineBreak}* b`).split(/\r\n|[\n\v\f\r\u0085\u2028\u2029]/);
    expect(lines.slice(1).filter((line) => !line.startsWith('  '))).toEqual([]);
  }
  expect(serverLine('No: not now.')).toBe('* No not now.');
});
