import { parseSource, type Source } from './sources.ts';

/** Source files that are nowhere but here, to see that a rule finds what is wrong with them. */
export function planted(texts: Readonly<Record<string, string>>): readonly Source[] {
  return Object.entries(texts).map(([path, text]) => parseSource(path, text));
}
