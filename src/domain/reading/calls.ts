/** What is unread in a chat. */
interface UnreadIn {
  readonly isDirect: boolean;
  readonly unread: number;
  readonly mentions: number;
}

/**
 * The number that titles, icons and badges show: the unread messages that are addressed to their reader, which are those of direct chats
 * and, in other chats, those that mention the reader.
 */
export const unreadCalls = (chats: readonly UnreadIn[]): number =>
  chats.reduce((sum, { isDirect, unread, mentions }) => sum + (isDirect ? unread : mentions), 0);
