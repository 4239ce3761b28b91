import type { Chat } from '../../../domain/chats/chat.ts';
import { namedFor } from '../../../domain/chats/direct.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { usernameKey } from '../../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { dayAfter } from '../../../domain/search/days.ts';
import { folded } from '../../../domain/search/fold.ts';
import type { SearchPlace } from '../../../domain/search/search-place.ts';
import { asksForSomething, type SearchQuery, searchQuery } from '../../../domain/search/search-query.ts';
import type { Range, Sought } from '../../../domain/search/searched-message.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findMatches } from './find-matches.ts';

export interface Searching {
  /** As it was typed. */
  readonly query: string;
  /** Only in this chat; in all chats of the actor when undefined. */
  readonly chatId?: ChatId | undefined;
  /** Where the last page ended; undefined for the first one. */
  readonly after?: SearchPlace | undefined;
  /** Maximum hits. */
  readonly limit: number;
  /** When a day as in `2026-11-29` begins, in milliseconds since 1970. */
  readonly beginningOf: (day: string) => number;
}

export interface Hit {
  readonly chat: Pick<Chat, 'id' | 'name'>;
  readonly message: Message;
  /** Where the words are in the text; none for what was found elsewhere, as in the name of a file. */
  readonly ranges: readonly Range[];
}

export interface Found {
  readonly query: SearchQuery;
  /** The newest first. */
  readonly hits: readonly Hit[];
  /** Where the next page begins; undefined behind the last one. */
  readonly next: SearchPlace | undefined;
  /** False while the index is being made, and older messages may be missing. */
  readonly isComplete: boolean;
}

/**
 * Messages of the actor's chats that have what is asked for, as they are now: a message is found as soon as it is posted. A query is never an error,
 * and one that asks for nothing finds nothing.
 * @throws DomainError `forbidden` for a chat that the actor is not a member of, also when there is no such chat
 */
export type SearchMessages = (actor: Actor, searching: Searching) => Promise<Found>;

export function makeSearchMessages({ view }: { readonly view: StoreView }): SearchMessages {
  return async ({ user }, { query: typed, chatId, after, limit, beginningOf }) => {
    if (chatId !== undefined) assertAllowed(await view.members.find(chatId, user.id), mayRead);
    const query = searchQuery(typed);
    const nothing = { query, hits: [], next: undefined, isComplete: true };
    if (!asksForSomething(query)) return nothing;
    const chats = await chatsIn(view, user.id, { query, chatId });
    const authors = await authorsIn(view, query, user.id);
    if (chats.size === 0 || authors?.size === 0) return nothing;
    const sought: Sought = {
      ...query,
      authors,
      mentioned: query.mentionsMe ? user.id : undefined,
      ...timesOf(query, beginningOf),
    };
    const { matches, next, isComplete } = await findMatches(view, { chats: [...chats.keys()], sought, after, limit });
    const readable = await readableChats(view, user.id, new Set(matches.map(({ message }) => message.chatId)));
    const hits = matches.flatMap(({ message, ranges }) => {
      const chat = readable.has(message.chatId) ? chats.get(message.chatId) : undefined;
      return chat ? [{ chat, message, ranges }] : [];
    });
    return { query, hits, next, isComplete };
  };
}

/** The chats to search, with the names that the actor sees. */
async function chatsIn(
  view: StoreView,
  userId: UserId,
  { query, chatId }: { readonly query: SearchQuery; readonly chatId: ChatId | undefined },
): Promise<ReadonlyMap<ChatId, Pick<Chat, 'id' | 'name'>>> {
  const all = (await view.chats.ofUser(userId)).filter(({ id }) => chatId === undefined || id === chatId);
  const people = await view.chats.people(all.map(({ id }) => id));
  const named = all.map(({ id, name }) => namedFor(userId, { id, name, people: people.get(id) }));
  const isAsked = (name: string) => query.in.length === 0 || query.in.some((part) => folded(name).includes(part));
  return new Map(named.filter(({ name }) => isAsked(name)).map(({ id, name }) => [id, { id, name }]));
}

async function authorsIn(
  view: StoreView,
  { from }: SearchQuery,
  self: UserId,
): Promise<ReadonlySet<UserId> | undefined> {
  if (from.length === 0) return undefined;
  const found = await Promise.all(
    from.map(async (name) =>
      name.toLowerCase() === 'me' ? self : (await view.users.credentialsOf(usernameKey(name)))?.user.id,
    ),
  );
  return new Set(found.flatMap((id) => id ?? []));
}

function timesOf(
  { before, after, on }: SearchQuery,
  beginningOf: (day: string) => number,
): Pick<Sought, 'since' | 'until'> {
  const since = [...after.map((day) => beginningOf(dayAfter(day))), ...on.map(beginningOf)];
  const until = [...before.map(beginningOf), ...on.map((day) => beginningOf(dayAfter(day)))];
  return { since: Math.max(0, ...since), until: Math.min(Number.MAX_SAFE_INTEGER, ...until) };
}

async function readableChats(view: StoreView, userId: UserId, ids: ReadonlySet<ChatId>): Promise<ReadonlySet<ChatId>> {
  const asked = await Promise.all([...ids].map((id) => view.members.find(id, userId)));
  return new Set(asked.flatMap((membership) => (membership && mayRead(membership) ? [membership.chatId] : [])));
}
