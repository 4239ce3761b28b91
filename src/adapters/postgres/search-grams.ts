import type { Proposal, Proposing } from '../../application/ports/search.ts';
import { gramQuery } from '../../domain/search/grams.ts';
import { placeAt } from '../../domain/search/search-place.ts';
import { chatMark } from '../../domain/search/searched-message.ts';
import type { RunStatement } from '../kysely/run-statement.ts';
import { type GramIndex, termsOf } from '../kysely/search-grams.ts';

/** The terms of each text as a `tsvector`, which PostgreSQL takes as they are: its own parser would make other words of them. */
export const vectorGramIndex: GramIndex = {
  async add(run, row) {
    await run(
      'insert into search_texts (place, chat_id, position, text, marks, grams) values ($1, $2, $3, $4, $5, array_to_tsvector($6::text[]))',
      [row.place, row.chat_id, row.position, row.text, row.marks, termsOf(row)],
    );
  },
  async remove(run, row) {
    await run('delete from search_texts where place = $1', [row.place]);
  },
  async clear(run) {
    await run('truncate search_texts', []);
  },
  propose,
};

function propose(run: RunStatement, proposing: Proposing): Promise<readonly Proposal[]> {
  const { chats, needles, marks, since, until, after, limit } = proposing;
  const { grams, beginnings } = gramQuery(needles);
  const lists = [...(chats.length > MOST_CHATS ? [] : [chats.map(chatMark)]), ...marks];
  const parts = [
    ...lists.map((list) => `(${list.map(quoted).join('|')})`),
    ...grams.map(quoted),
    ...beginnings.map((beginning) => `${quoted(beginning)}:*`),
  ];
  return run<Proposal>(
    `select chat_id as "chatId", position, place from search_texts
     where place >= $1 and place < $2 and chat_id = any($3) and ($4::text is null or grams @@ $4::tsquery)
       and not exists (select from unnest($5::text[]) as needle where position(needle in text) = 0)
     order by place desc limit $6`,
    [
      ...[placeAt(since), Math.min(placeAt(until), after ?? Number.MAX_SAFE_INTEGER), chats],
      ...[parts.length > 0 ? parts.join('&') : null, needles, limit],
    ],
  );
}

/** More chats are compared in each text. */
const MOST_CHATS = 200;

/** Folded texts and marks have no single quotation mark. */
const quoted = (term: string): string => `'${term.replaceAll('\\', '\\\\')}'`;
