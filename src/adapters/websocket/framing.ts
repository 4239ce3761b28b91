/** RFC 6455: a final, unmasked text frame. */
const TEXT = 0x81;

/** Each text as a WebSocket frame of its own, all in one buffer, for a single write. */
export function textFrames(texts: readonly string[]): Buffer {
  const sizes = texts.map((text) => Buffer.byteLength(text));
  const total = sizes.reduce((sum, size) => sum + headerSize(size) + size, 0);
  const buffer = Buffer.allocUnsafe(total);
  let offset = 0;
  for (const [index, text] of texts.entries()) {
    const size = sizes[index] ?? 0;
    offset = writeHeader(buffer, offset, size);
    offset += buffer.write(text, offset, size, 'utf8');
  }
  return buffer;
}

function headerSize(payload: number): number {
  if (payload < 126) return 2;
  return payload < 65_536 ? 4 : 10;
}

function writeHeader(buffer: Buffer, start: number, payload: number): number {
  const offset = buffer.writeUInt8(TEXT, start);
  if (payload < 126) return buffer.writeUInt8(payload, offset);
  if (payload < 65_536) return buffer.writeUInt16BE(payload, buffer.writeUInt8(126, offset));
  return buffer.writeBigUInt64BE(BigInt(payload), buffer.writeUInt8(127, offset));
}
