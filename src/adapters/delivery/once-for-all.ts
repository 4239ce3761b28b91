/**
 * Remembers the last result of `encode`: the same object again is the same buffer. All followers of a chat are served one after
 * another from one object, so the last one is all that needs remembering.
 */
export function onceForAll<Said extends object>(encode: (said: Said) => Buffer): (said: Said) => Buffer {
  let last: { readonly said: Said; readonly buffer: Buffer } | undefined;
  return (said) => {
    if (last?.said !== said) last = { said, buffer: encode(said) };
    return last.buffer;
  };
}
