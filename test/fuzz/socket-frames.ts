import fc from 'fast-check';
import { closeFrame, fragments, OPCODE, rawFrame, text } from '../websocket/raw-frames.ts';

/** What one peer sends, frame by frame, and in which protocol. */
export interface Conversation {
  readonly protocol: 'chat.v1' | undefined;
  readonly frames: readonly Buffer[];
}

const key = fc.constantFrom('type', 'client_id', 'text', 'chat_id', 'id', '__proto__', 'author', 'revision');
const value = fc.oneof(
  fc.constantFrom(
    'post',
    'ready',
    'message',
    'refused',
    '',
    'a b',
    'x'.repeat(65),
    '\0',
    '\ud800',
    ' ',
    '👍'.repeat(10_001),
  ),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.jsonValue({ maxDepth: 2 }),
);

const post = fc.record({
  type: fc.constant('post'),
  client_id: fc.oneof(fc.uuid(), value),
  text: fc.oneof(fc.string(), value),
});
const shape = fc.dictionary(key, value, { maxKeys: 5 });
const json = fc.oneof(post, shape).map((frame) => text(JSON.stringify(frame)));
const brokenJson = fc
  .tuple(post, fc.nat())
  .map(([frame, at]) => JSON.stringify(frame).slice(0, at % 40))
  .map((said) => text(said));

const anyText = fc.string({ unit: 'binary' }).map((said) => text(said));
const bytes = fc.uint8Array({ maxLength: 200 }).map((said) => text(said));

const size = fc.oneof(fc.nat({ max: 200 }), fc.constantFrom(0, 1, 125, 126, 127, 65_535, 65_536, 65_537));
const anyFrame = fc
  .record({
    opcode: fc.oneof(fc.nat({ max: 15 }), fc.constantFrom(...Object.values(OPCODE))),
    fin: fc.boolean(),
    rsv: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat({ max: 7 }) }),
    masked: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    size,
    fill: fc.nat({ max: 255 }),
    length: fc.option(fc.oneof(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), fc.constantFrom(0n, 2n ** 40n, 2n ** 63n))),
    width: fc.option(fc.constantFrom(7 as const, 16 as const, 64 as const)),
  })
  .map(({ size: bytes, fill, length, width, ...frame }) =>
    rawFrame({
      ...frame,
      payload: Buffer.alloc(bytes, fill),
      ...(length !== null && { length }),
      ...(width !== null && { width }),
    }),
  );

const cut = fc
  .tuple(fc.string({ minLength: 1, maxLength: 300 }), fc.integer({ min: 1, max: 20 }))
  .map(([said, at]) => Buffer.concat(fragments(said, at)));
const control = fc
  .record({ opcode: fc.constantFrom(OPCODE.ping, OPCODE.pong), payload: fc.uint8Array({ maxLength: 125 }) })
  .map(rawFrame);
const closing = fc
  .tuple(fc.nat({ max: 65_535 }), fc.string({ maxLength: 130 }))
  .map(([code, reason]) => closeFrame(code, reason));
const noise = fc.uint8Array({ minLength: 1, maxLength: 60 }).map((raw) => Buffer.from(raw));

/** Mostly what leaves the socket open, so that there is somebody to hear what comes next. */
const frame = fc.oneof(
  { weight: 20, arbitrary: json },
  { weight: 10, arbitrary: anyText },
  { weight: 6, arbitrary: cut },
  { weight: 6, arbitrary: control },
  { weight: 4, arbitrary: brokenJson },
  { weight: 1, arbitrary: fc.oneof(anyFrame, bytes, closing, noise) },
);

export const conversations: fc.Arbitrary<Conversation> = fc.record({
  protocol: fc.constantFrom('chat.v1' as const, undefined),
  frames: fc.array(frame, { minLength: 1, maxLength: 20, size: 'max' }),
});
