/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Bytes behind the end count as 0. */
const byte = (data: Uint8Array, offset: number): number => data[offset] ?? 0;

export const uint16le = (data: Uint8Array, offset: number): number => byte(data, offset) + byte(data, offset + 1) * 256;

export const uint24le = (data: Uint8Array, offset: number): number =>
  uint16le(data, offset) + byte(data, offset + 2) * 65_536;

export const uint16be = (data: Uint8Array, offset: number): number => byte(data, offset) * 256 + byte(data, offset + 1);

export const uint32be = (data: Uint8Array, offset: number): number =>
  uint16be(data, offset) * 65_536 + uint16be(data, offset + 2);

export const ascii = (data: Uint8Array, offset: number, length: number): string =>
  String.fromCharCode(...data.subarray(offset, offset + length));
