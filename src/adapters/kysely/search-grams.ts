import type { Selectable } from 'kysely';
import type { Proposal, Proposing } from '../../application/ports/search.ts';
import { gramsOf } from '../../domain/search/grams.ts';
import type { RunStatement } from './run-statement.ts';
import type { SearchSchema } from './search-schema.ts';

export type SearchRow = Selectable<SearchSchema['search_texts']>;

/** What each database does in its own way: the index of the grams and marks of the rows in `search_texts`. */
export interface GramIndex {
  /** Answers false, and adds nothing, where the place is taken. The table has no other row of the message. */
  add(run: RunStatement, row: SearchRow): Promise<boolean>;
  /** The table still has the row, as it was added. */
  remove(run: RunStatement, row: SearchRow): Promise<void>;
  clear(run: RunStatement): Promise<void>;
  propose(run: RunStatement, proposing: Proposing): Promise<readonly Proposal[]>;
}

/** All terms of a row, each once. */
export const termsOf = ({ text, marks }: Pick<SearchRow, 'text' | 'marks'>): readonly string[] => [
  ...gramsOf(text),
  ...marks.split(' '),
];
