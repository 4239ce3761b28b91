import type { ListedFile } from '../../application/ports/files.ts';
import { toWireFile, type WireFile, type WireUser } from './message.ts';
import { timestamp } from './timestamp.ts';

/** A file as the list of a chat's files shows it: with its message. */
export interface WireListedFile extends WireFile {
  readonly position: number;
  readonly author: WireUser;
  readonly sent_at: string;
}

export const toWireListedFile = ({ file, author, position, sentAt }: ListedFile): WireListedFile => ({
  ...toWireFile(file),
  position,
  author: { id: author.id, username: author.username },
  sent_at: timestamp(sentAt),
});
