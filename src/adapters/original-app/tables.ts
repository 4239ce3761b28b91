/** What the original app keeps, by table; columns beyond these are none of its and are not looked at. */
export const ORIGINAL_TABLES: Readonly<Record<string, readonly string[]>> = {
  Users: ['userID', 'username', 'password_hash'],
  Sessions: ['sessionID', 'userID', 'session_token', 'expires_at'],
  Chats: ['chatID', 'chat_name'],
  ChatMembers: ['chatID', 'userID'],
  Messages: ['messageID', 'message_text', 'username', 'chatID', 'timestamp'],
  InviteCodes: ['code', 'chatID', 'expires_at'],
};
