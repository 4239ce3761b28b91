/**
 * Remembers the last result of `encode`: the same object again has the same result. All followers of a chat are served one after
 * another from one object, so the last one is all that needs remembering.
 */
export function onceForAll<Said extends object, Encoded>(encode: (said: Said) => Encoded): (said: Said) => Encoded {
  let last: { readonly said: Said; readonly encoded: Encoded } | undefined;
  return (said) => {
    if (last?.said !== said) last = { said, encoded: encode(said) };
    return last.encoded;
  };
}
