import type { ExportedAccount, ExportedMessage } from '../../wire/export.ts';

/** One of the pages with messages. */
export interface ExportedMessagesPage {
  readonly username: string;
  /** From 1. */
  readonly number: number;
  readonly messages: readonly ExportedMessage[];
  /** The names of the chats that the person is in. */
  readonly names: ReadonlyMap<number, string>;
  readonly isLast: boolean;
}

/** Pages that are read from a disk: they refer to nothing but each other. */
export interface ExportPages {
  index(data: ExportedAccount): string;
  messages(data: ExportedMessagesPage): string;
}

export const exportPages = (page: (name: string, data: object) => string): ExportPages => ({
  index: (data) => page('export-index', data),
  messages: (data) => page('export-messages', data),
});
