import type { Revision } from '../../domain/chats/chat.ts';
import type { ChatEvent } from '../../domain/events.ts';
import type { BlobKey } from '../../domain/files/file.ts';
import type { WordsChoice } from '../../domain/identity/erasure.ts';
import { FORMER_MEMBER } from '../../domain/identity/former-member.ts';
import type { UsernameKey } from '../../domain/identity/username.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { tombstone } from '../../domain/messages/changes.ts';
import { withoutMentions, withoutNames } from '../../domain/messages/forgotten-names.ts';
import type { Message, Notice, TextMessage } from '../../domain/messages/message.ts';
import { reactionsOf } from '../../domain/reactions/reactions-change.ts';
import type { MessagePlace, PersonalPart } from '../ports/messages.ts';
import type { Store } from '../ports/store.ts';

export interface Forgetting {
  readonly userId: UserId;
  readonly words: WordsChoice;
  /** The keys of the names that the person had. */
  readonly names: ReadonlySet<UsernameKey>;
  readonly at: number;
  readonly part: PersonalPart;
  /** Where the part ends. */
  readonly reached: MessagePlace | undefined;
}

/** What followers of a chat are told. */
export interface ForgetEvent {
  readonly chatId: ChatId;
  readonly revision: Revision;
  readonly event: ChatEvent;
}

export interface Forgotten {
  readonly events: readonly ForgetEvent[];
  /** The bytes of files whose rows were removed. */
  readonly blobs: readonly BlobKey[];
}

/** Changes what a part of all messages has of a person, in a unit of work, and notes that it is done. What is so already stays as it is. */
export async function forgetPart(store: Store, forgetting: Forgetting): Promise<Forgotten> {
  const { userId, part, reached } = forgetting;
  const erased = await eraseWritten(store, forgetting);
  const named = [...part.written, ...part.about].filter((message) => mayName(message, forgetting));
  const renamed = await Promise.all(
    named.map(({ chatId, position }) => forgetNames(store, { chatId, position }, forgetting)),
  );
  if (reached) await store.erasures.reach(userId, { place: reached, isDone: false });
  const events = [...erased.events, ...renamed].flatMap((event) => event ?? []);
  return { events: events.toSorted((one, other) => one.revision - other.revision), blobs: erased.blobs };
}

/** Statements that do not wait for one another are sent together: with a database server, a part takes as many round trips as a message. */
async function eraseWritten(store: Store, forgetting: Forgetting) {
  const { words, part } = forgetting;
  if (words === 'keep') return { events: [], blobs: [] };
  const places = part.written.map(({ chatId, position }) => ({ chatId, position }));
  const blobs = (await Promise.all(places.map((place) => store.files.removeOf(place)))).flat();
  const buried = await Promise.all(places.map((place) => erase(store, place, forgetting)));
  const reactions = placesOf(part.reactions);
  const taken = await Promise.all(reactions.map((place) => removeReactions(store, place, forgetting)));
  return { events: [...buried, ...taken], blobs };
}

/** Whether it may have the person's name, by what was read before. */
function mayName(message: Message, { userId, words, names }: Forgetting): boolean {
  if (message.kind === 'notice')
    return withoutNames(message.text, { names, isAuthor: message.author.id === userId }) !== message.text;
  if (message.kind === 'deleted' || (words === 'erase' && message.author.id === userId)) return false;
  return message.mentions.some((mention) => mention.userId === userId);
}

const told = (message: Message): ForgetEvent => ({
  chatId: message.chatId,
  revision: message.revision,
  event: { type: 'message_changed', message },
});

/** As in a deletion, but at once: nobody is left who could undo it. */
async function erase(store: Store, { chatId, position }: MessagePlace, { userId, at }: Forgetting) {
  const place = { chatId, position };
  const message = await store.messages.findBare(place);
  if (!message || message.kind === 'notice') return undefined;
  await store.messages.removeVersions(place);
  await store.messages.setMentions(place, []);
  await store.reactions.removeAll(place);
  await store.past.removeAll(place);
  await store.search.set(message, undefined);
  if (message.kind === 'deleted') return undefined;
  const revision = await store.chats.nextRevision(chatId, 'even_archived');
  const deleted = tombstone(message, { revision, by: userId, at });
  await store.messages.change(deleted);
  for (const { deviceId } of await store.announcements.withReason(place, 'sent'))
    await store.jobs.add({ kind: 'withdraw_message', ...place, deviceId }, { delayMs: 0 });
  return told(deleted);
}

function placesOf(reactions: PersonalPart['reactions']): readonly (MessagePlace & Pick<PersonalPart, 'reactions'>)[] {
  const groups = Map.groupBy(reactions, ({ chatId, position }) => `${chatId}/${position}`).values();
  return [...groups].flatMap((group) => {
    const [first] = group;
    return first ? [{ chatId: first.chatId, position: first.position, reactions: group }] : [];
  });
}

async function removeReactions(
  store: Store,
  { chatId, position, reactions }: MessagePlace & Pick<PersonalPart, 'reactions'>,
  { userId }: Forgetting,
): Promise<ForgetEvent | undefined> {
  const place = { chatId, position };
  for (const { emoji } of reactions) await store.reactions.remove({ ...place, emoji, userId });
  const message = await store.messages.findBare(place);
  if (message?.kind !== 'text') return undefined;
  const revision = await store.chats.nextRevision(chatId, 'even_archived');
  await store.messages.noteReactions(place, revision);
  const change = reactionsOf({ ...place, revision, reactions: await store.reactions.tallies(place) });
  return { chatId, revision, event: { type: 'message_reacted', change } };
}

async function forgetNames(store: Store, place: MessagePlace, forgetting: Forgetting) {
  const message = await store.messages.find(place);
  if (message?.kind === 'notice') return forgetInNotice(store, message, forgetting);
  return message?.kind === 'text' ? forgetMentions(store, message, forgetting) : undefined;
}

async function forgetInNotice(store: Store, message: Notice, { userId, names }: Forgetting) {
  const text = withoutNames(message.text, { names, isAuthor: message.author.id === userId });
  if (text === message.text) return undefined;
  const changed = { ...message, text, revision: await store.chats.nextRevision(message.chatId, 'even_archived') };
  await store.messages.change(changed);
  return told(changed);
}

/** The words around the name stay as their author wrote them, and the message does not count as edited. */
async function forgetMentions(store: Store, message: TextMessage, { userId }: Forgetting) {
  const ofPerson = message.mentions.filter((mention) => mention.userId === userId);
  const names = new Set(ofPerson.map(({ name }) => name).filter((name) => name !== FORMER_MEMBER));
  if (names.size === 0) return undefined;
  const text = withoutMentions(message.text, names);
  await forgetInVersions(store, message, names);
  if (text === message.text) return undefined;
  const mentions = message.mentions.map((mention) =>
    mention.userId === userId ? { ...mention, name: FORMER_MEMBER } : mention,
  );
  const changed = {
    ...message,
    text,
    mentions,
    revision: await store.chats.nextRevision(message.chatId, 'even_archived'),
  };
  await store.messages.change(changed);
  await store.messages.setMentions(message, mentions);
  return told(changed);
}

const MAX_VERSIONS = 1_000;

async function forgetInVersions({ messages }: Store, place: MessagePlace, names: ReadonlySet<string>): Promise<void> {
  for (const version of await messages.earlierVersions(place, { limit: MAX_VERSIONS })) {
    const text = withoutMentions(version.text, names);
    if (text === version.text) continue;
    await messages.removeVersion(place, version.revision);
    await messages.addVersion(place, { ...version, text });
  }
}
