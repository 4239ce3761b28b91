import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { spokenLine } from '../../src/adapters/websocket/plain-lines.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { TextSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';
import { closeFrame, fragments, OPCODE, ping, type RawFrame, rawFrame, text } from './raw-frames.ts';
import { RawPeer } from './raw-peer.ts';

/*
 * What the Autobahn test suite asks of a server, as far as a chat can be asked it, since it echoes nothing: groups 1 to 7,
 * 9 up to 64 KiB and 10.
 */

let server: ChatServer;
let ada: Person;
let chatId: ChatId;
let listener: TextSocket;

beforeAll(async () => {
  server = await ChatServer.start({ RATE_LIMITS: 'off' });
  ada = await server.person('ada');
  const bob = await server.person('bob');
  chatId = await server.chat(ada, bob);
  listener = await server.plain(chatId, bob);
});
afterAll(() => server.stop());

const peerOf = (headers: Record<string, string> = {}) =>
  RawPeer.open({ url: server.socketUrl(chatId), cookie: ada.cookie, headers });

const bytes = (...hex: readonly string[]) => Buffer.from(hex.join('').replaceAll(' ', ''), 'hex');

/** The frames in one packet, each in its own, and octet by octet. */
const WAYS: readonly (readonly [string, (peer: RawPeer, frames: readonly Buffer[]) => Promise<void> | void])[] = [
  ['at once', (peer, frames) => peer.write(...frames)],
  ['octet by octet', (peer, frames) => peer.trickle(Buffer.concat(frames))],
];

/** The socket is open and answers. */
async function isListening(peer: RawPeer): Promise<void> {
  peer.write(ping('still there?'));
  const { opcode, payload } = await peer.next();
  expect([opcode, payload.toString()]).toEqual([OPCODE.pong, 'still there?']);
}

async function codeAfter(...frames: readonly Buffer[]): Promise<number | undefined> {
  const peer = await peerOf();
  peer.write(...frames);
  return peer.closed;
}

describe('WS-4: texts (Autobahn 1, 9, 10)', () => {
  it.each([1, 125, 126, 127, 128, 10_000])('one of %i octets is a message', async (length) => {
    const peer = await peerOf();
    for (const [, send] of length > 128 ? WAYS.slice(0, 1) : WAYS) {
      await send(peer, [text('x'.repeat(length))]);
      expect(await listener.next()).toBe(`ada: ${'x'.repeat(length)}`);
    }
    await isListening(peer);
  });

  it.each([65_535, 65_536])('one of %i octets is a frame, if no message', async (length) => {
    const peer = await peerOf();
    for (const frames of [[text('x'.repeat(length))], fragments('x'.repeat(length), 1300)]) {
      peer.write(...frames);
      expect(await peer.nextText()).toMatch(/^\* A message has at most 10,000/);
    }
    await isListening(peer);
  });

  it.each([16, 64] as const)(
    'one whose length is written in %i bits for no reason is taken or refused',
    async (width) => {
      const peer = await peerOf();
      peer.write(rawFrame({ opcode: OPCODE.text, payload: 'hello', width }), ping());
      const answer = await Promise.race([listener.next(), peer.closed]);
      expect(['ada: hello', 1002]).toContain(answer);
    },
  );

  it('none at all is answered', async () => {
    const peer = await peerOf();
    peer.write(text(''), ...fragments('', 1));
    for (const _ of [1, 2]) expect(await peer.nextText()).toMatch(/^\* /);
    await isListening(peer);
  });

  it.each([0, 1, 125, 126, 65_536])('WS-2: binary of %i octets is closed with 1003', async (length) => {
    expect(await codeAfter(rawFrame({ opcode: OPCODE.binary, payload: Buffer.alloc(length, 0xfe) }))).toBe(1003);
  });
});

describe('WS-4, WS-7: pings and pongs (Autobahn 2)', () => {
  it.each(WAYS)('are answered with what they carry, %s', async (_way, send) => {
    const peer = await peerOf();
    for (const payload of [
      Buffer.alloc(0),
      Buffer.from('hello'),
      bytes('00 ff fe fd fc fb 00 ff'),
      Buffer.alloc(125, 0xfe),
    ]) {
      await send(peer, [ping(payload)]);
      expect(await peer.next()).toEqual({ opcode: OPCODE.pong, payload });
    }
  });

  it('are answered in order', async () => {
    const peer = await peerOf();
    peer.write(...Array.from({ length: 10 }, (_, n) => ping(`ping ${n}`)));
    for (let n = 0; n < 10; n += 1) expect(await peer.nextText()).toBe(`ping ${n}`);
  });

  it.each(WAYS)('that nobody asked for are passed over, %s', async (_way, send) => {
    const peer = await peerOf();
    const pong = (payload: string) => rawFrame({ opcode: OPCODE.pong, payload });
    await send(peer, [pong(''), pong('unasked'), pong('again'), ping('payload')]);
    expect(await peer.nextText()).toBe('payload');
  });
});

describe('WS-2, WS-4: frames that break the rules close with 1002', () => {
  const reserved = [3, 4, 5, 6, 7, 0xb, 0xc, 0xd, 0xe, 0xf];
  const rsv = [1, 2, 3, 4, 5, 6, 7];
  const wrong = (what: string, ...frames: readonly RawFrame[]) => [what, frames] as const;
  const begun: RawFrame = { opcode: OPCODE.text, fin: false, payload: 'x' };
  const cases = [
    // Autobahn 2 and 5
    ...[OPCODE.ping, OPCODE.pong, OPCODE.close].flatMap((opcode) => [
      wrong(`a control frame (${opcode}) of 126 octets`, { opcode, payload: Buffer.alloc(126) }),
      wrong(`a fragmented control frame (${opcode})`, { opcode, fin: false }, { opcode: OPCODE.continuation }),
      wrong(`a control frame (${opcode}) that is not masked`, { opcode, masked: false }),
    ]),
    // Autobahn 3
    ...rsv.map((bits) => wrong(`reserved bits ${bits}`, { opcode: OPCODE.text, rsv: bits, payload: 'x' })),
    ...rsv.map((bits) => wrong(`reserved bits ${bits} on a ping`, { opcode: OPCODE.ping, rsv: bits })),
    wrong('reserved bits on a close', { opcode: OPCODE.close, rsv: 7 }),
    wrong('reserved bits on a continuation', begun, { opcode: OPCODE.continuation, rsv: 4 }),
    // Autobahn 4
    ...reserved.map((opcode) => wrong(`opcode ${opcode}`, { opcode })),
    ...reserved.map((opcode) => wrong(`opcode ${opcode} with a payload`, { opcode, payload: 'x' })),
    // Autobahn 5
    wrong('a stray continuation', { opcode: OPCODE.continuation, payload: 'x' }),
    wrong('a stray continuation that goes on', { opcode: OPCODE.continuation, payload: 'x', fin: false }),
    wrong('a text within a text', begun, { opcode: OPCODE.text, payload: 'y' }),
    wrong('a binary within a text', begun, { opcode: OPCODE.binary }),
    // RFC 6455, 5.1 and 5.2
    wrong('a text that is not masked', { opcode: OPCODE.text, payload: 'x', masked: false }),
  ];

  it.each(cases)('%s', async (_what, frames) => {
    expect(await codeAfter(...frames.map((frame) => rawFrame(frame)))).toBe(1002);
  });

  it.each(cases.slice(0, 8))('%s, after a good text', async (_what, frames) => {
    expect(await codeAfter(text('good'), ...frames.map((frame) => rawFrame(frame)))).toBe(1002);
    expect(await listener.next()).toBe('ada: good');
  });
});

describe('WS-4: fragments (Autobahn 5)', () => {
  it.each(WAYS)('are put together, with pings between them answered at once, %s', async (_way, send) => {
    const peer = await peerOf();
    const [one, two, three] = fragments('fragment one, two, three', 9) as [Buffer, Buffer, Buffer];
    await send(peer, [one, ping('a'), two, ping('b'), three]);
    expect([await peer.nextText(), await peer.nextText()]).toEqual(['a', 'b']);
    expect(await listener.next()).toBe('ada: fragment one, two, three');
  });

  it.each([2, 64])('may be %i, empty ones among them', async (count) => {
    const peer = await peerOf();
    const empty = { opcode: OPCODE.continuation, fin: false };
    const rest = Array.from({ length: count - 2 }, () => rawFrame(empty));
    peer.write(
      rawFrame({ opcode: OPCODE.text, fin: false, payload: 'whole' }),
      ...rest,
      rawFrame({ opcode: OPCODE.continuation, payload: '.' }),
    );
    expect(await listener.next()).toBe('ada: whole.');
  });

  it.each(['', 'x'])('WS-3: more than 64 close with 1008, each with %j', async (payload) => {
    const [first, ...more] = Array.from({ length: 65 }, (_, n) => ({
      opcode: n === 0 ? OPCODE.text : OPCODE.continuation,
      fin: false,
      payload,
    }));
    expect(await codeAfter(...[first, ...more].map((frame) => rawFrame(frame as RawFrame)))).toBe(1008);
  });
});

describe('WS-2, WS-4: UTF-8 (Autobahn 6)', () => {
  it.each([
    'Hello-µ@ßöäüàá-UTF-8!!',
    'κόσμε',
    '\u0080 \u07ff \u0800 \u{10000}',
    '\u007f \uffff \u{10ffff}',
    '\ud7ff \ue000 \ufffd',
    '\ufdd0 \ufffe \u{1fffe} \u{10fffe}',
    '👩‍👩‍👧 \ufeff שלום',
  ])('that is whole arrives as it is, in however many frames: %j', async (sent) => {
    const peer = await peerOf();
    for (const size of [1000, 3, 1]) {
      peer.write(...fragments(sent, size));
      expect(await listener.next()).toBe(spokenLine('ada', sent));
    }
    await peer.trickle(text(sent));
    expect(await listener.next()).toBe(spokenLine('ada', sent));
  });

  it.each([
    ['a lone continuation byte', '80'],
    ['all continuation bytes', '8081828384858687 88898a8b8c8d8e8f 909192939495bf'],
    ['a lone start of two', 'c3 20'],
    ['a start of two at the end', '61 c3'],
    ['a start of three at the end', 'e2 82'],
    ['a start of four at the end', 'f0 9f 90'],
    ['an overlong slash in two', 'c0 af'],
    ['an overlong slash in three', 'e0 80 af'],
    ['an overlong slash in four', 'f0 80 80 af'],
    ['an overlong NUL', 'c0 80'],
    ['the longest overlong of three', 'e0 9f bf'],
    ['the longest overlong of four', 'f0 8f bf bf'],
    ['the first surrogate', 'ed a0 80'],
    ['the last surrogate', 'ed bf bf'],
    ['a pair of surrogates', 'ed a0 80 ed b0 80'],
    ['more than Unicode has', 'f4 90 80 80'],
    ['five bytes', 'f8 88 80 80 80'],
    ['six bytes', 'fc 84 80 80 80 80'],
    ['the byte fe', 'fe'],
    ['the byte ff', 'ff'],
    ['good Greek and a bad end', 'cebae1bdb9cf83cebcceb5eda080656469746564'],
  ])('that is %s closes with 1007', async (_what, hex) => {
    expect(await codeAfter(text(bytes(hex)))).toBe(1007);
    expect(await codeAfter(...fragments(bytes(hex), 1))).toBe(1007);
  });
});

describe('WS-2, WS-4: closing (Autobahn 7)', () => {
  it.each([
    ['without a code', closeFrame(), 1005],
    ['without a reason', closeFrame(1000), 1000],
    ['with a reason', closeFrame(1000, 'Hello, World!'), 1000],
    ['with the longest reason', closeFrame(1000, '*'.repeat(123)), 1000],
    ['with half a code', rawFrame({ opcode: OPCODE.close, payload: 'a' }), 1002],
    ['with too long a reason', closeFrame(1000, '*'.repeat(124)), 1002],
    ['with a reason that is not UTF-8', closeFrame(1000, bytes('cebae1bdb9cf83cebcceb5eda080656469746564')), 1007],
  ])('%s', async (_how, frame, expected) => {
    expect(await codeAfter(frame)).toBe(expected);
  });

  it.each([1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999])('%i is said back', async (code) => {
    expect(await codeAfter(closeFrame(code, 'reason'))).toBe(code);
  });

  it.each([0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535])('%i is no code: 1002', async (code) => {
    expect(await codeAfter(closeFrame(code))).toBe(1002);
    expect(await codeAfter(closeFrame(code, 'reason'))).toBe(1002);
  });

  it.each([
    ['another close', closeFrame(1001)],
    ['a ping', ping('late')],
    ['a text', text('late')],
    ['what is no frame', bytes('ffffffffff')],
  ])('is the end: %s after it is not heard', async (_what, late) => {
    const peer = await peerOf();
    peer.write(text('early'), closeFrame(1000), late);
    expect(await peer.closed).toBe(1000);
    expect(await listener.next()).toBe('ada: early');
    expect(peer.unread.map(({ opcode }) => opcode)).toEqual([OPCODE.close]);
    await server.app.useCases.postMessage(ada.actor, { chatId, text: 'nothing between' });
    expect(await listener.next()).toBe('ada: nothing between');
  });

  it('in the middle of a text ends that too', async () => {
    const [begun = Buffer.alloc(0)] = fragments('begun and never ended', 5);
    expect(await codeAfter(begun, closeFrame(1000))).toBe(1000);
  });
});

describe('WS-4: deflate', () => {
  it.each(['permessage-deflate', 'permessage-deflate; client_max_window_bits, x-webkit-deflate-frame'])(
    'is never agreed on, though %s is offered',
    async (offer) => {
      const peer = await peerOf({ 'Sec-WebSocket-Extensions': offer });
      expect(await peer.answered).not.toMatch(/extensions/i);
      await isListening(peer);
    },
  );
});
