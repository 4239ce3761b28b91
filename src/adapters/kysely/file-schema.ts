import type { Generated } from 'kysely';
import type { Revision } from '../../domain/chats/chat.ts';
import type { AltText } from '../../domain/files/alt-text.ts';
import type { BlobKey, FileId, FileName } from '../../domain/files/file.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';

/** The tables of files. */
export interface FileSchema {
  readonly files: {
    readonly id: Generated<FileId>;
    readonly chat_id: ChatId;
    readonly uploader_id: UserId;
    readonly blob: BlobKey;
    readonly name: FileName;
    readonly type: string;
    readonly bytes: number;
    readonly width: number | null;
    readonly height: number | null;
    readonly staged_at: number;
    /** The position of its message, which has a copy of what is shown of the file; null while it is staged. */
    readonly position: Revision | null;
    /** Null until it is made; empty where it cannot be. */
    readonly thumbnail: Generated<BlobKey | '' | null>;
    /** 1 for the image of a message's card, which the message does not list among its files; else 0. */
    readonly of_card: Generated<number>;
    /** Of an image; null where nobody wrote one. */
    readonly alt: AltText | null;
  };
}
