import { describe, expect, it } from 'vitest';
import { revision } from '../../../src/domain/chats/chat.ts';
import { afterMarkingUnread, afterReading, type ReadPointer } from '../../../src/domain/reading/read-pointer.ts';

const pointer = (position: number, version = 0): ReadPointer => ({ position: revision(position), version });
const NEWEST = revision(50);
const read = (from: ReadPointer, position: number, version?: number) =>
  afterReading(from, { position: revision(position), version }, NEWEST);

describe('a read pointer', () => {
  it('moves forward, and an older position changes nothing', () => {
    expect(read(pointer(5), 9)).toEqual(pointer(9));
    expect(read(pointer(9), 5)).toEqual(pointer(9));
    expect(read(pointer(9), 0)).toEqual(pointer(9));
  });

  it('moves no further than the newest revision, so that what comes later is unread', () => {
    expect(read(pointer(5), 1_000_000)).toEqual(pointer(50));
  });

  it('of a device that has slept since messages were marked as unread never wins', () => {
    const marked = afterMarkingUnread(pointer(40), revision(7));
    expect(marked).toEqual(pointer(6, 1));
    expect(read(marked, 45, 0)).toEqual(marked);
    expect(read(marked, 45, 1)).toEqual(pointer(45, 1));
  });

  it('follows a client that knows no versions', () => {
    expect(read(pointer(6, 3), 45)).toEqual(pointer(45, 3));
  });

  it('moves back to the message that is marked as unread, and never forward: what was unread stays so', () => {
    expect(afterMarkingUnread(pointer(40, 2), revision(1))).toEqual(pointer(0, 3));
    expect(afterMarkingUnread(pointer(5), revision(20))).toEqual(pointer(5, 1));
  });
});
