import type { Proposal, Proposing } from '../../application/ports/search.ts';
import { gramQuery } from '../../domain/search/grams.ts';
import { placeAt, type SearchPlace } from '../../domain/search/search-place.ts';
import { chatMark } from '../../domain/search/searched-message.ts';
import type { RunStatement } from '../kysely/run-statement.ts';
import { type GramIndex, termsOf } from '../kysely/search-grams.ts';

/**
 * An index of FTS5 without content. What was added is deleted by the same terms, which `search_texts` still has then; with `secure-delete` they
 * are gone from the index at once.
 */
export const ftsGramIndex: GramIndex = {
  async add(run, row) {
    const added = await run(ADD, [row.place, row.chat_id, row.position, row.text, row.marks]);
    if (added.length === 0) return false;
    await run('insert into search_grams (rowid, grams) values (?, ?)', [row.place, termsOf(row).join(' ')]);
    return true;
  },
  async remove(run, row) {
    await run("insert into search_grams (search_grams, rowid, grams) values ('delete', ?, ?)", [
      ...[row.place, termsOf(row).join(' ')],
    ]);
    await run('delete from search_texts where place = ?', [row.place]);
  },
  async clear(run) {
    await run("insert into search_grams (search_grams) values ('delete-all')", []);
    await run('delete from search_texts', []);
  },
  propose,
};

const ADD = `insert into search_texts (place, chat_id, position, text, marks) values (?, ?, ?, ?, ?)
  on conflict (place) do nothing returning place`;

async function propose(run: RunStatement, proposing: Proposing): Promise<readonly Proposal[]> {
  const { grams, beginnings } = gramQuery(proposing.needles);
  const terms = grams.map(quoted);
  const chosen = [chatsOf(proposing), ...proposing.marks.map((list) => anyOf(list.map(quoted)))].flatMap(
    (part) => part ?? [],
  );
  const find = (parts: readonly string[], reach?: number) => search(run, proposing, { parts, reach });
  if (beginnings.length === 0 || terms.length > 0) return find([...chosen, ...terms]);
  // Short needles alone: many texts have them, and then the newest ones are enough; else the index has few.
  const newest = await find(chosen, NEWEST);
  if (newest.length >= proposing.limit) return newest;
  return find([...chosen, ...beginnings.map((beginning) => `${quoted(beginning)} *`)]);
}

/** How many of the newest texts are looked through for short needles before the index is asked. */
const NEWEST = 2_000;

/** More chats are asked for one by one in each text. */
const MOST_CHATS = 200;

const chatsOf = ({ chats }: Proposing): string | undefined =>
  chats.length > MOST_CHATS ? undefined : anyOf(chats.map((id) => quoted(chatMark(id))));

const anyOf = (terms: readonly string[]): string => (terms.length === 1 ? `${terms[0]}` : `(${terms.join(' OR ')})`);

/** Folded texts and marks have no quotation mark. */
const quoted = (term: string): string => `"${term}"`;

interface Looking {
  readonly parts: readonly string[];
  /** How many texts to look through; all when undefined. */
  readonly reach: number | undefined;
}

function search(run: RunStatement, proposing: Proposing, { parts, reach }: Looking): Promise<readonly Proposal[]> {
  const { chats, needles, without, since, until, after, limit } = proposing;
  const end = Math.min(placeAt(until), after ?? Number.MAX_SAFE_INTEGER) as SearchPlace;
  const last = reach === undefined ? '' : `order by 1 desc limit ${reach}`;
  const from =
    parts.length > 0
      ? `select rowid as place from search_grams where search_grams match ? and rowid >= ? and rowid < ? ${last}`
      : `select place from search_texts where place >= ? and place < ? ${last}`;
  return run<Proposal>(
    `select texts.chat_id as chatId, texts.position, texts.place
     from (${from}) as found cross join search_texts as texts on texts.place = found.place
     where texts.chat_id in (select value from json_each(?))
       and not exists (select 1 from json_each(?) as needle where instr(texts.text, needle.value) = 0)
       and not exists (select 1 from json_each(?) as word where instr(texts.text, word.value) > 0)
     order by found.place desc limit ?`,
    [
      ...(parts.length > 0 ? [parts.join(' AND ')] : []),
      ...[placeAt(since), end, JSON.stringify(chats), JSON.stringify(needles), JSON.stringify(without), limit],
    ],
  );
}
