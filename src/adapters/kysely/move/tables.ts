import type { Schema } from '../schema.ts';
import type { SearchSchema } from '../search-schema.ts';

/** A table of an installation, and its key. */
export interface MovedTable {
  readonly name: keyof Schema;
  readonly key: readonly string[];
}

/**
 * All tables but those of the search index, which the server makes from the messages; each behind those that it references. The compiler
 * reports a missing one.
 */
const KEYS: Readonly<Record<Exclude<keyof Schema, keyof SearchSchema>, readonly string[]>> = {
  installation: ['id'],
  users: ['id'],
  resting_names: ['username_key'],
  sessions: ['id'],
  two_step: ['user_id'],
  recovery_codes: ['user_id', 'digest'],
  passkey_owners: ['user_id'],
  passkeys: ['id'],
  passkey_challenges: ['id'],
  held_sessions: ['id'],
  chats: ['id'],
  members: ['chat_id', 'user_id'],
  read_pointers: ['chat_id', 'user_id'],
  levels: ['chat_id', 'user_id'],
  notification_settings: ['user_id'],
  hidden_chats: ['chat_id', 'user_id'],
  direct_chats: ['chat_id'],
  blocks: ['user_id', 'blocked_id'],
  invites: ['id'],
  barred_members: ['chat_id', 'user_id'],
  messages: ['chat_id', 'position'],
  files: ['id'],
  pictures: ['kind', 'owner_id'],
  link_pages: ['digest'],
  message_versions: ['chat_id', 'position', 'revision'],
  reactions: ['chat_id', 'position', 'emoji', 'user_id'],
  mentions: ['chat_id', 'position', 'place'],
  past_facts: ['chat_id', 'position', 'from_revision', 'kind', 'place'],
  one_time_links: ['id'],
  administrator_acts: ['id'],
  jobs: ['id'],
  push_keys: ['id'],
  push_devices: ['id'],
  bans: ['chat_id', 'user_id'],
  slow_posts: ['chat_id', 'user_id'],
  acts: ['id'],
  reports: ['chat_id', 'position', 'user_id'],
  announcements: ['chat_id', 'position', 'device_id'],
  erasures: ['user_id'],
  exports: ['user_id'],
};

export const MOVED_TABLES: readonly MovedTable[] = Object.entries(KEYS).map(([name, key]) => ({
  // `Object.entries` loses the type of the keys.
  name: name as keyof Schema,
  key,
}));
