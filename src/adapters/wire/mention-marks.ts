import { hueOf } from './face.ts';
import type { WireMessage } from './message.ts';

/** The names in a text that are mentions, and how they look. */
export type MentionMarks = ReadonlyMap<string, MentionMark>;

export interface MentionMark {
  /** Where the person is shown, or all members for a mention of all. */
  readonly href: string;
  /** That of the person's face. */
  readonly hue: number;
  /** The person is the viewer. */
  readonly isViewer: boolean;
}

export function mentionMarks({ chat_id, mentioned = [] }: WireMessage, viewerId: number): MentionMarks {
  if (mentioned.length === 0) return NONE;
  return new Map(
    mentioned.map(({ name, user_ids }) => [
      name,
      { href: hrefOf(chat_id, user_ids), hue: hueOf(user_ids[0] ?? 0), isViewer: user_ids.includes(viewerId) },
    ]),
  );
}

/** By id: the person may have another name by now. */
function hrefOf(chatId: number, [id, ...others]: readonly number[]): string {
  const members = `/chat/${chatId}/members`;
  return others.length > 0 ? members : `${members}?person=${id}#member-${id}`;
}

const NONE: MentionMarks = new Map();
