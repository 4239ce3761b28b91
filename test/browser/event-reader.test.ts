import { describe, expect, it } from 'vitest';
import { eventReader } from '../../src/adapters/browser/connection/channels/event-reader.ts';

function reading() {
  const frames: string[] = [];
  return { frames, read: eventReader({ data: (frame) => frames.push(frame) }) };
}

const STREAM = ': hello\n\nevent: ready\ndata: {"a":1}\n\nid: 4\nevent: message\ndata: {"b":\ndata: 2}\n\n: alive\n\n';
const FRAMES = ['{"a":1}', '{"b":\n2}'];

describe('server-sent events', () => {
  it('are read one by one: comments and ids are left out, and data of several lines is one', () => {
    const { frames, read } = reading();
    expect(read(STREAM)).toBe(undefined);
    expect(frames).toEqual(FRAMES);
  });

  it.each(['\n', '\r\n', '\r'])('are read with lines that end in %j, in pieces of every length', (lineBreak) => {
    // A further line tells that a carriage return at the end of a piece was a whole line break.
    const stream = `${STREAM.replaceAll('\n', lineBreak)}:${lineBreak}`;
    for (let length = 1; length <= stream.length; length += 1) {
      const { frames, read } = reading();
      for (let from = 0; from < stream.length; from += length) read(stream.slice(from, from + length));
      expect(frames).toEqual(FRAMES);
    }
  });

  it('say nothing before they are whole, nor without data', () => {
    const { frames, read } = reading();
    read('event: message\ndata: half');
    read('\n');
    expect(frames).toEqual([]);
    read('\nevent: message\n\n');
    expect(frames).toEqual(['half']);
  });

  it('lose one space after the colon and no more, and need none', () => {
    const { frames, read } = reading();
    read('data:{}\n\ndata:  {}\n\ndata\n\n');
    expect(frames).toEqual(['{}', ' {}', '']);
  });

  it.each([
    ['{"code":4401}', 4401],
    ['1012', 1012],
  ])('end with the code that the server says: %s', (said, code) => {
    const { frames, read } = reading();
    expect(read('data: before\n\nevent: end\n')).toBe(undefined);
    expect(read(`data: ${said}\n\ndata: after\n\n`)).toBe(code);
    expect(frames).toEqual(['before']);
  });

  it('of another type after one are not taken for the end', () => {
    const { frames, read } = reading();
    expect(read('event: end\n\ndata: goes on\n\n')).toBe(undefined);
    expect(frames).toEqual(['goes on']);
  });
});
