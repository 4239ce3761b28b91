import { type Chat, type Revision, revision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayRead } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Message } from '../../../domain/messages/message.ts';
import { isReply, requoted } from '../../../domain/messages/quotes.ts';
import { nameAt } from '../../../domain/past/name-at.ts';
import type { Actor } from '../../actor.ts';
import type { StoreView } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { historyPage } from '../messages/history-page.ts';
import { readPast } from './read-past.ts';

export interface PastPlace {
  readonly chatId: ChatId;
  /** The chat is shown as it stood at this revision. */
  readonly at: Revision;
  /** The page ends before this position. */
  readonly before?: Revision | undefined;
  /** Maximum messages. A page has fewer when they are long. */
  readonly limit: number;
}

export interface ViewedPast {
  /** With the name that it had then, and the revision that it has now. */
  readonly chat: Chat;
  /** Oldest first, each as it stood. */
  readonly messages: readonly Message[];
  /** Whether there are messages before the first one of the page. */
  readonly hasOlder: boolean;
}

/**
 * A chat as its followers had it at a revision. What was erased since stays erased, people are shown under their present names, and cards of
 * links are left out where a message has changed since.
 * @throws DomainError `forbidden`, also when there is no such chat; `not_found` for a revision that is yet to come
 */
export type ViewPast = (actor: Actor, place: PastPlace) => Promise<ViewedPast>;

export function makeViewPast({ view }: { readonly view: StoreView }): ViewPast {
  return async ({ user }, { chatId, at, before, limit }) => {
    assertAllowed(await view.members.find(chatId, user.id), mayRead);
    const chat = await findChat(view, chatId);
    if (at > chat.revision)
      throw new DomainError('not_found', `The chat has not come to revision ${at}: it is at ${chat.revision}.`);
    const end = revision(Math.min(before ?? at + 1, at + 1));
    const { messages, hasOlder } = await historyPage(view, chat, { before: end, limit });
    const name = await nameThen(view, chat, at);
    return { chat: { ...chat, name }, messages: await withQuotes(view, messages, at), hasOlder };
  };
}

/** A reply shows its original as that stood, too. */
async function withQuotes(view: StoreView, found: readonly Message[], at: Revision): Promise<readonly Message[]> {
  const messages = await readPast(view, found, at);
  const [first] = messages;
  if (!first) return messages;
  const answered = new Set(messages.flatMap((message) => (isReply(message) ? [message.replyTo.position] : [])));
  const places = [...answered].map((position) => ({ chatId: first.chatId, position }));
  const originals = await Promise.all(places.map((place) => view.messages.findBare(place)));
  const stood = await readPast(
    view,
    originals.flatMap((original) => original ?? []),
    at,
  );
  const byPosition = new Map(stood.map((original) => [original.position, original]));
  return messages.map((message) => {
    const original = isReply(message) ? byPosition.get(message.replyTo.position) : undefined;
    return original && isReply(message) ? requoted(message, original) : message;
  });
}

/** Acts read at a time. */
const STEP = 100;

async function nameThen({ acts }: StoreView, chat: Chat, at: Revision): Promise<Chat['name']> {
  let name = chat.name;
  for (let before: Parameters<typeof acts.list>[1]; ; ) {
    const listed = (await acts.list(chat.id, before, STEP)).map(({ act }) => act);
    name = nameAt(name, listed, at);
    const last = listed.at(-1);
    if (listed.length < STEP || !last || last.revision <= at) return name;
    before = last.id;
  }
}
