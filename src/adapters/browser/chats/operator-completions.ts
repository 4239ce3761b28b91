const OPERATORS: Readonly<Record<string, readonly string[]>> = {
  'from:': ['me'],
  'in:': [],
  'before:': [],
  'after:': [],
  'on:': [],
  'has:': ['link', 'file', 'reaction', 'pin'],
  'mentions:': ['me'],
};

/** Maximum completions at a time. */
const MOST = 4;

/**
 * What the last word of a query may become: an operator of which at least two letters are typed, or its value.
 * @param chats the names of the reader's chats
 */
export function operatorCompletions(typed: string, chats: readonly string[]): readonly string[] {
  const at = typed.lastIndexOf(' ') + 1;
  const [before, word] = [typed.slice(0, at), typed.slice(at).toLowerCase()];
  const operator = Object.keys(OPERATORS).find((name) => word.startsWith(name));
  if (operator === undefined) {
    if (word.length < 2) return [];
    return Object.keys(OPERATORS)
      .filter((name) => name.startsWith(word))
      .map((name) => before + name);
  }
  const value = word.slice(operator.length);
  const values = operator === 'in:' ? chats.map(quoted) : (OPERATORS[operator] ?? []);
  return values
    .filter((one) => one.toLowerCase().startsWith(value) && one.toLowerCase() !== value)
    .slice(0, MOST)
    .map((one) => before + operator + one);
}

const quoted = (name: string): string => (/[\s"]/.test(name) ? `"${name.replaceAll('"', '')}"` : name);
