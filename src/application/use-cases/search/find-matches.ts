import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { type SearchPlace, usualPlace } from '../../../domain/search/search-place.ts';
import {
  authorMark,
  featureMark,
  mentionMark,
  type Range,
  rangesIn,
  type Sought,
} from '../../../domain/search/searched-message.ts';
import type { Lag, Proposing } from '../../ports/search.ts';
import type { StoreView } from '../../ports/store.ts';

interface Match {
  readonly message: Message;
  readonly ranges: readonly Range[];
  readonly place: SearchPlace;
}

interface Asked {
  readonly chats: readonly ChatId[];
  readonly sought: Sought;
  readonly after: SearchPlace | undefined;
  readonly limit: number;
}

interface Matches {
  /** The newest first. */
  readonly matches: readonly Match[];
  readonly next: SearchPlace | undefined;
  readonly isComplete: boolean;
}

/** The proposals of the index, and what it lacks yet, each message as it is now. */
export async function findMatches(view: StoreView, asked: Asked): Promise<Matches> {
  const lags = await view.search.lags({ chats: asked.chats });
  const fresh = await matchesAmongChanges(view, lags, asked);
  const indexed = await matchesInIndex(view, asked, new Set(fresh.seen));
  const all = [...fresh.matches, ...indexed.matches].toSorted((one, other) => other.place - one.place);
  const matches = all.slice(0, asked.limit);
  const next = all.length > asked.limit ? matches.at(-1)?.place : indexed.reached;
  return { matches, next, isComplete: fresh.isComplete };
}

/** Maximum changes of a chat, and of all chats, that are read although the index lacks them. */
const MAX_CHANGES = 1_000;
const MAX_CHANGES_IN_ALL = 5_000;

async function matchesAmongChanges(view: StoreView, lags: readonly Lag[], asked: Asked) {
  const read = firstWithin(lags);
  const changed = await Promise.all(read.map((lag) => changesIn(view, lag)));
  const messages = changed.flat();
  const matches = messages.flatMap((message) => matchOf(message, asked, usualPlace(message)));
  const isComplete = read.length === lags.length && lags.every((lag) => sizeOf(lag) <= MAX_CHANGES);
  return { matches, seen: messages.map(({ id }) => id), isComplete };
}

const sizeOf = ({ indexedTo, revision }: Lag): number => revision - indexedTo;

/** As many chats as may be read, those with the fewest changes first. */
function firstWithin(lags: readonly Lag[]): readonly Lag[] {
  let changes = 0;
  return lags
    .toSorted((one, other) => sizeOf(one) - sizeOf(other))
    .filter((lag) => {
      changes += Math.min(sizeOf(lag), MAX_CHANGES);
      return changes <= MAX_CHANGES_IN_ALL;
    });
}

/** The newest, where there are too many. */
async function changesIn(view: StoreView, { chatId, indexedTo, revision }: Lag): Promise<readonly Message[]> {
  if (revision - indexedTo <= MAX_CHANGES) return view.messages.changedAfter(chatId, indexedTo, MAX_CHANGES);
  const newest = await view.messages.before(chatId, undefined, MAX_CHANGES);
  return newest.filter((message) => message.revision > indexedTo);
}

function matchOf(message: Message, { sought, after }: Asked, place: SearchPlace): readonly Match[] {
  if (after !== undefined && place >= after) return [];
  const ranges = rangesIn(message, sought);
  return ranges ? [{ message, ranges, place }] : [];
}

/** Rounds in which the index is asked for more because its proposals did not match. */
const MAX_ROUNDS = 20;

/** One match more than the limit, which tells whether there are more; `reached` where there may be more behind proposals that did not match. */
async function matchesInIndex(
  view: StoreView,
  asked: Asked,
  known: ReadonlySet<Message['id']>,
): Promise<{ readonly matches: readonly Match[]; readonly reached: SearchPlace | undefined }> {
  const { chats, sought, limit } = asked;
  const matches: Match[] = [];
  let after = asked.after;
  for (let round = 0; round < MAX_ROUNDS && matches.length <= limit; round += 1) {
    const size = Math.min(limit + 1, 25) * 2 ** Math.min(round, 3);
    const { needles, since, until } = sought;
    // A phrase may lie where two texts of a message meet.
    const without = sought.without.filter((words) => !words.includes(' '));
    const proposing: Proposing = { chats, needles, without, marks: marksOf(sought), since, until, after, limit: size };
    const proposals = await view.search.propose(proposing);
    const messages = await Promise.all(proposals.map((proposal) => view.messages.find(proposal)));
    for (const [index, message] of messages.entries()) {
      const place = proposals[index]?.place;
      if (message && place !== undefined && !known.has(message.id)) matches.push(...matchOf(message, asked, place));
    }
    after = proposals.at(-1)?.place;
    if (proposals.length < size) return { matches: matches.slice(0, limit + 1), reached: undefined };
  }
  return { matches: matches.slice(0, limit + 1), reached: after };
}

function marksOf({ authors, mentioned, has }: Sought): Proposing['marks'] {
  return [
    ...(authors ? [[...authors].map(authorMark)] : []),
    ...(mentioned === undefined ? [] : [[mentionMark(mentioned)]]),
    ...[...has].map((feature) => [featureMark(feature)]),
  ];
}
