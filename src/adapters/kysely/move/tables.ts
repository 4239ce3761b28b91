import type { Schema } from '../schema.ts';

/** A table that belongs to an installation, by what its rows are found by. */
export interface MovedTable {
  readonly name: keyof Schema;
  readonly key: readonly string[];
}

/** Every table there is, in an order in which each finds what it refers to. The compiler names one that is missing. */
const KEYS: Readonly<Record<keyof Schema, readonly string[]>> = {
  installation: ['id'],
  users: ['id'],
  sessions: ['id'],
  chats: ['id'],
  members: ['chat_id', 'user_id'],
  invites: ['id'],
  messages: ['chat_id', 'position'],
  message_versions: ['chat_id', 'position', 'revision'],
  jobs: ['id'],
};

export const MOVED_TABLES: readonly MovedTable[] = Object.entries(KEYS).map(([name, key]) => ({
  // `Object.entries` forgets what the keys are.
  name: name as keyof Schema,
  key,
}));
