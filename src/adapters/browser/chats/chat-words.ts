export const memberCount = (count: number): string => `${count} ${count === 1 ? 'member' : 'members'}`;

/** The things whose name contains the typed text, those that begin with it first. Accents and case are ignored. */
export function matching<T extends { readonly name: string }>(things: readonly T[], typed: string): readonly T[] {
  const wanted = plain(typed.trim());
  const found = things.filter(({ name }) => plain(name).includes(wanted));
  const begins = (thing: T) => plain(thing.name).startsWith(wanted);
  return [...found.filter(begins), ...found.filter((thing) => !begins(thing))];
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
