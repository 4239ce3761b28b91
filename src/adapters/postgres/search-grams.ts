import type { Proposal, Proposing } from '../../application/ports/search.ts';
import { gramQuery } from '../../domain/search/grams.ts';
import { placeAt } from '../../domain/search/search-place.ts';
import { chatMark } from '../../domain/search/searched-message.ts';
import type { RunStatement } from '../kysely/run-statement.ts';
import { type GramIndex, termsOf } from '../kysely/search-grams.ts';

/** The terms of each text as a `tsvector`, which PostgreSQL takes as they are: its own parser would make other words of them. */
export const vectorGramIndex: GramIndex = {
  async add(run, row) {
    const { place, chat_id, position, text, marks } = row;
    return (await run(ADD, [place, chat_id, position, text, marks, termsOf(row)])).length > 0;
  },
  async remove(run, row) {
    await run('delete from search_texts where place = $1', [row.place]);
  },
  async clear(run) {
    await run('truncate search_texts', []);
  },
  propose,
};

const ADD = `insert into search_texts (place, chat_id, position, text, marks, grams)
  values ($1, $2, $3, $4, $5, array_to_tsvector($6::text[])) on conflict (place) do nothing returning place`;

/**
 * The newest texts are looked through first: of what many texts have, they have enough. Else the index is asked, which has little then, whatever
 * the planner expects.
 */
async function propose(run: RunStatement, proposing: Proposing): Promise<readonly Proposal[]> {
  const { chats, needles, without, since, until, after, limit } = proposing;
  const parts = partsOf(proposing);
  const end = Math.min(placeAt(until), after ?? Number.MAX_SAFE_INTEGER);
  const values = [placeAt(since), end, chats, parts.length > 0 ? parts.join('&') : null, needles, limit, without];
  const newest = await run<Proposal>(NEWEST_FIRST, values);
  if (newest.length >= limit) return newest;
  return run<Proposal>(parts.length > 0 ? BY_INDEX : ALL, values);
}

const RANGE = 'place >= $1 and place < $2';
const MATCHES = `chat_id = any($3) and ($4::text is null or grams @@ $4::tsquery)
  and not exists (select from unnest($5::text[]) as needle where position(needle in text) = 0)
  and not exists (select from unnest($7::text[]) as word where position(word in text) > 0)`;
const FOUND = 'select chat_id as "chatId", position, place';

/** How many of the newest texts are looked through. */
const NEWEST = 2_000;
const NEWEST_FIRST = `${FOUND} from (select * from search_texts where ${RANGE} order by place desc limit ${NEWEST}) as newest
  where ${MATCHES} order by place desc limit $6`;
const BY_INDEX = `with found as materialized (select * from search_texts where grams @@ $4::tsquery)
  ${FOUND} from found where ${RANGE} and ${MATCHES} order by place desc limit $6`;
const ALL = `${FOUND} from search_texts where ${RANGE} and ${MATCHES} order by place desc limit $6`;

function partsOf({ chats, needles, marks }: Proposing): readonly string[] {
  const { grams, beginnings } = gramQuery(needles);
  const lists = [...(chats.length > MOST_CHATS ? [] : [chats.map(chatMark)]), ...marks];
  return [
    ...lists.map((list) => `(${list.map(quoted).join('|')})`),
    ...grams.map(quoted),
    ...beginnings.map((beginning) => `${quoted(beginning)}:*`),
  ];
}

/** More chats are compared in each text. */
const MOST_CHATS = 200;

/** Folded texts and marks have no single quotation mark. */
const quoted = (term: string): string => `'${term.replaceAll('\\', '\\\\')}'`;
