/** Who and what is stored before a server starts. Groups of four people share some chats that nobody else is in. */
export interface Population {
  readonly groups: number;
  readonly chatsPerGroup: number;
  readonly messagesPerChat: number;
}

export interface StoredChat {
  readonly id: number;
  readonly members: readonly number[];
}

export interface StoredMessage {
  readonly position: number;
  readonly author: number;
  readonly clientId: string;
  readonly text: string;
  readonly sentAt: number;
}

export const MEMBERS = 4;
const MINUTE = 60_000;

const TEXTS = [
  'Shall we meet at the fountain? 6pm would suit me.',
  "I can't before seven, sorry – trains & strikes.",
  'ok',
  'Fine by me. Bring the tent, the stove and, if you find it, the big pan; I have everything else already packed.',
  'Did anyone read "The Left Hand of Darkness" for Thursday?',
  'if (a < b && b < c) is how one writes it :)',
  'Grüße aus Köln 🎉',
  'Half of it. No spoilers please, I only just got to the ice.',
];

export const userIds = ({ groups }: Population): readonly number[] =>
  Array.from({ length: groups * MEMBERS }, (_, index) => index + 1);

export function* storedChats({ groups, chatsPerGroup }: Population): Generator<StoredChat> {
  for (let id = 1; id <= groups * chatsPerGroup; id++) {
    const group = Math.floor((id - 1) / chatsPerGroup);
    yield { id, members: Array.from({ length: MEMBERS }, (_, member) => group * MEMBERS + member + 1) };
  }
}

export function* storedMessages({ id, members }: StoredChat, count: number, now: number): Generator<StoredMessage> {
  for (let position = 1; position <= count; position++) {
    const sentAt = now - (count - position + 1) * MINUTE;
    yield {
      position,
      author: members[(position * 7 + id) % MEMBERS] ?? 0,
      clientId: `${sentAt.toString(36)}-${String(position * 1000 + id).padStart(20, '0')}`,
      text: TEXTS[(position + id) % TEXTS.length] ?? '',
      sentAt,
    };
  }
}

/** The text of the latest message of a chat, which its page must show. */
export function latestText(chat: StoredChat, count: number): string {
  return TEXTS[(count + chat.id) % TEXTS.length] ?? '';
}
