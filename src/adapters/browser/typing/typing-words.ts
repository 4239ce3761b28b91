/** Maximum names; more people are not named. */
const MAX_NAMED = 3;

/** What the strip says of the people who are writing, in which names stand apart. */
export function typingWords(names: readonly string[]): readonly (string | { readonly name: string })[] {
  if (names.length === 0) return [];
  if (names.length > MAX_NAMED) return ['Several people are typing…'];
  const before = (index: number) => (index === names.length - 1 ? ' and ' : ', ');
  const listed = names.flatMap((name, index) => (index === 0 ? [{ name }] : [before(index), { name }]));
  return [...listed, names.length === 1 ? ' is typing…' : ' are typing…'];
}
