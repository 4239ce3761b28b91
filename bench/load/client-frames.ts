const MASK_AND_TEXT = 0x81;

/** A text frame of a client. The mask is four zeros: allowed by the protocol, and nothing has to be masked. */
export function clientFrame(text: string): Buffer {
  return frame(MASK_AND_TEXT, Buffer.from(text));
}

export function pongFrame(payload: Uint8Array): Buffer {
  return frame(0x8a, payload);
}

function frame(first: number, payload: Uint8Array): Buffer {
  const header =
    payload.length < 126
      ? Buffer.from([first, 0x80 | payload.length, 0, 0, 0, 0])
      : Buffer.from([first, 0x80 | 126, payload.length >> 8, payload.length & 255, 0, 0, 0, 0]);
  return Buffer.concat([header, payload]);
}

/** Writes `value` as ASCII digits, with zeros before it. */
export function putDigits(frame: Uint8Array, at: number, { value, width }: { value: number; width: number }): void {
  let left = value;
  for (let place = at + width - 1; place >= at; place--) {
    frame[place] = 48 + (left % 10);
    left = Math.floor(left / 10);
  }
}
