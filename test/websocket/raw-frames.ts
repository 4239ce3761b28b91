/** A frame of RFC 6455 as a client may send it, and as no client should. */
export interface RawFrame {
  readonly opcode: number;
  readonly payload?: Uint8Array | string;
  readonly fin?: boolean;
  /** The three reserved bits, as a number from 0 to 7. */
  readonly rsv?: number;
  readonly masked?: boolean;
  /** The length that the header claims, where that is not the payload's. */
  readonly length?: number | bigint;
  /** How wide the length is written: in the header's 7 bits, or in 16 or 64 of its own. */
  readonly width?: 7 | 16 | 64;
}

export const OPCODE = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa } as const;

export const text = (payload: Uint8Array | string): Buffer => rawFrame({ opcode: OPCODE.text, payload });
export const ping = (payload: Uint8Array | string = ''): Buffer => rawFrame({ opcode: OPCODE.ping, payload });

/** The text cut into so many frames. */
export function fragments(payload: Uint8Array | string, size: number): Buffer[] {
  const bytes = Buffer.from(payload);
  const count = Math.max(1, Math.ceil(bytes.length / size));
  return Array.from({ length: count }, (_, n) =>
    rawFrame({
      opcode: n === 0 ? OPCODE.text : OPCODE.continuation,
      fin: n === count - 1,
      payload: bytes.subarray(n * size, (n + 1) * size),
    }),
  );
}

export function closeFrame(code?: number, reason: Uint8Array | string = ''): Buffer {
  const payload = code === undefined ? Buffer.alloc(0) : Buffer.concat([uint16(code), Buffer.from(reason)]);
  return rawFrame({ opcode: OPCODE.close, payload });
}

export function rawFrame({ opcode, payload = '', fin = true, rsv = 0, masked = true, ...more }: RawFrame): Buffer {
  const bytes = Buffer.from(payload);
  const length = BigInt(more.length ?? bytes.length);
  const first = (fin ? 0x80 : 0) | ((rsv & 7) << 4) | (opcode & 0xf);
  const head = [Buffer.from([first]), lengthBytes(length, more.width ?? narrowest(length), masked)];
  if (!masked) return Buffer.concat([...head, bytes]);
  const mask = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
  return Buffer.concat([...head, mask, bytes.map((byte, n) => byte ^ (mask[n % 4] ?? 0))]);
}

const narrowest = (length: bigint): 7 | 16 | 64 => (length < 126n ? 7 : length < 65_536n ? 16 : 64);

function lengthBytes(length: bigint, width: 7 | 16 | 64, masked: boolean): Buffer {
  const bit = masked ? 0x80 : 0;
  if (width === 7) return Buffer.from([bit | Number(length & 0x7fn)]);
  if (width === 16) return Buffer.concat([Buffer.from([bit | 126]), uint16(Number(length & 0xffffn))]);
  const wide = Buffer.alloc(8);
  wide.writeBigUInt64BE(BigInt.asUintN(64, length));
  return Buffer.concat([Buffer.from([bit | 127]), wide]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
