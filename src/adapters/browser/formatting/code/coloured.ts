/** Code in pieces that, joined, are the code again. */
export type Coloured = readonly (readonly [text: string, tint: string | null])[];

export const isColoured = (data: unknown): data is Coloured =>
  Array.isArray(data) &&
  data.every((piece) => Array.isArray(piece) && typeof piece[0] === 'string' && TINTS.has(piece[1]));

/** Each is a class in `code.css`. */
const TINTS: ReadonlySet<unknown> = new Set([
  null,
  'keyword',
  'string',
  'comment',
  'number',
  'name',
  'added',
  'removed',
]);
