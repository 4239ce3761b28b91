import type { ChatName } from '../../domain/chats/chat.ts';
import { type ChatId, chatId } from '../../domain/ids.ts';
import { newIds } from './ids.ts';
import { mendedChatName } from './names.ts';
import { type Note, quoted } from './notes.ts';
import type { OriginalAuthor, OriginalChat } from './rows.ts';

/** The largest id that stays: message ids are derived from it, which limits chat ids to eight million. */
const MAX_OLD_ID = 2 ** 22;

export interface PlannedChat {
  readonly id: ChatId;
  readonly name: ChatName;
}

export interface PlannedChats {
  readonly chats: readonly PlannedChat[];
  readonly byOriginalId: ReadonlyMap<string | null, ChatId>;
  readonly notes: readonly Note[];
}

/** The chats that have a row, and those that have only messages. */
export function planChats(rows: readonly OriginalChat[], authors: readonly OriginalAuthor[]): PlannedChats {
  const notes: Note[] = [];
  const names = new Map<string | null, string | null>();
  for (const { id, name } of rows) {
    if (!names.has(id)) names.set(id, name);
    else
      notes.push({
        about: 'chat changed',
        line: `chat ${id} ${quoted(name)} is chat ${id} ${quoted(names.get(id) ?? null)}`,
      });
  }
  const missing = new Set(authors.map((author) => author.chatId).filter((id) => !names.has(id)));
  const originals = [...names.keys(), ...missing];
  const ids = newIds(originals, MAX_OLD_ID).map(chatId);

  const chats = originals.map((original, index) => {
    const id = ids[index] ?? chatId(0);
    const name = names.get(original) ?? null;
    const chat = { id, name: mendedChatName(name, original === null ? 'Messages without a chat' : `Chat ${id}`) };
    notes.push(...notesOn(original, name, chat, missing.has(original)));
    return chat;
  });
  return {
    chats,
    byOriginalId: new Map(originals.map((original, index) => [original, chatId(ids[index] ?? 0)])),
    notes,
  };
}

function notesOn(
  original: string | null,
  name: string | null,
  { id, name: now }: PlannedChat,
  isMissing: boolean,
): readonly Note[] {
  const chat = `chat ${id} ${quoted(now)}`;
  if (isMissing) {
    const where = original === null ? 'in no chat' : `in chat ${original}, which did not exist`;
    return [{ about: 'chat changed', line: `${chat} is new, for messages ${where}` }];
  }
  const notes: Note[] = [];
  if (name !== now) notes.push({ about: 'chat changed', line: `${quoted(name)} is now ${chat}` });
  if (original !== `${id}`)
    notes.push({
      about: 'chat changed',
      line: `chat ${original} is now ${chat}, and links to its old address no longer work`,
    });
  return notes;
}
