const MAP_OF_THREE = 0xa3;
const EMPTY_MAP = 0xa0;
const TEXT = 0x60;
const BYTES = 0x40;

/**
 * Whether these bytes are an attestation object of the format `none`: a CBOR map of `fmt`, an empty `attStmt` and `authData`, in any order,
 * and nothing else. It reads no other form, so that statements of other formats, with certificates and ASN.1, reach no parser.
 */
export function isUnattested(bytes: Buffer): boolean {
  if (bytes[0] !== MAP_OF_THREE) return false;
  const seen = new Set<string>();
  let at = 1;
  for (let entry = 0; entry < 3; entry += 1) {
    const key = textAt(bytes, at);
    const end = key === undefined ? undefined : endOfValue(bytes, at + 1 + key.length, key);
    if (key === undefined || end === undefined) return false;
    seen.add(key);
    at = end;
  }
  return seen.size === 3 && at === bytes.length;
}

function endOfValue(bytes: Buffer, at: number, key: string): number | undefined {
  if (key === 'fmt') return textAt(bytes, at) === 'none' ? at + 1 + 'none'.length : undefined;
  if (key === 'attStmt') return bytes[at] === EMPTY_MAP ? at + 1 : undefined;
  return key === 'authData' ? endOfBytes(bytes, at) : undefined;
}

/** A text of at most 23 bytes, whose length is in its first byte. */
function textAt(bytes: Buffer, at: number): string | undefined {
  const length = (bytes[at] ?? 0) - TEXT;
  if (length < 0 || length > 23 || at + 1 + length > bytes.length) return undefined;
  return bytes.toString('latin1', at + 1, at + 1 + length);
}

function endOfBytes(bytes: Buffer, at: number): number | undefined {
  const kind = (bytes[at] ?? 0) - BYTES;
  if (kind === 24 && at + 2 <= bytes.length) return withinOf(bytes, at + 2 + bytes.readUInt8(at + 1));
  if (kind === 25 && at + 3 <= bytes.length) return withinOf(bytes, at + 3 + bytes.readUInt16BE(at + 1));
  return undefined;
}

const withinOf = (bytes: Buffer, end: number): number | undefined => (end <= bytes.length ? end : undefined);
