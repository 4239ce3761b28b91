import type { Revision } from '../chats/chat.ts';
import { codePoints } from '../code-points.ts';
import { DomainError } from '../errors.ts';
import type { Branded, ChatId, UserId } from '../ids.ts';
import type { AltText } from './alt-text.ts';

export type FileId = Branded<number, 'FileId'>;

export const fileId = (value: number): FileId => value as FileId;

/** The SHA-256 of the bytes, in lower-case hex: the same bytes are stored once. */
export type BlobKey = Branded<string, 'BlobKey'>;

/** Undefined when the text is no key. */
export const blobKey = (text: string): BlobKey | undefined =>
  /^[0-9a-f]{64}$/.test(text) ? (text as BlobKey) : undefined;

export type FileName = Branded<string, 'FileName'>;

/** Maximum files of one message. */
export const MAX_FILES = 10;

/** How long a file waits for the message that it belongs to, in milliseconds. */
export const STAGED_FOR_MS = 60 * 60 * 1000;

/** A file as messages have it. Only its alternative text changes. */
export interface MessageFile {
  readonly id: FileId;
  readonly name: FileName;
  /** A media type that was found in the bytes. */
  readonly type: string;
  readonly bytes: number;
  /** In pixels, as the image is shown; null where that is not known, as the height. */
  readonly width: number | null;
  readonly height: number | null;
  /** Of an image; left out where nobody wrote one. */
  readonly alt?: AltText;
}

export interface StoredFile extends MessageFile {
  readonly chatId: ChatId;
  readonly uploaderId: UserId;
  readonly blob: BlobKey;
  /** Milliseconds since 1970. */
  readonly stagedAt: number;
  /** The position of its message; null while the file is staged. */
  readonly position: Revision | null;
  /** The blob of its small picture; null until it is made, `none` where it cannot be. */
  readonly thumbnail: BlobKey | 'none' | null;
}

/** Images of these types get a small picture. */
export const hasThumbnail = (type: string): boolean => type.startsWith('image/') && isShownInline(type);

/** The small pictures are of this type, and not larger than this, in pixels. */
export const THUMBNAIL = { type: 'image/webp', width: 1200, height: 800 } as const;

export const NO_FILES: readonly MessageFile[] = [];

/** Maximum code points of a name. */
const LONGEST_NAME = 200;
const LONGEST_EXTENSION = 16;
/** Stands for a name of which nothing is left. */
const UNNAMED = 'file';

/**
 * A name that can be shown and saved: without directories, control characters and characters that change the order in which text is
 * shown. A long name keeps its ending.
 */
export function fileName(input: string): FileName {
  const base = input.toWellFormed().normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = base.replaceAll(/[\p{Cc}\u2028\u2029\u206a-\u206f\p{Bidi_Control}]/gv, '').trim();
  const name = /^\.*$/.test(visible) ? UNNAMED : shortened(visible);
  // The address of a file ends with its name, and that of its thumbnail with this word.
  return (name === 'thumbnail' ? 'thumbnail_' : name) as FileName;
}

function shortened(name: string): string {
  if (codePoints(name) <= LONGEST_NAME) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= LONGEST_EXTENSION ? name.slice(dot) : '';
  return [...name].slice(0, LONGEST_NAME - extension.length).join('') + extension;
}

const INLINE = new Set([
  ...['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'],
  ...['audio/mpeg', 'audio/ogg', 'audio/wav', 'audio/flac', 'audio/mp4'],
  ...['video/mp4', 'video/webm', 'video/quicktime'],
]);

/** Whether a browser may show a file of this type; any other is only saved. None of them can have script. */
export const isShownInline = (type: string): boolean => INLINE.has(type);

export const messageFile = ({ id, name, type, bytes, width, height, alt }: StoredFile): MessageFile => ({
  id,
  name,
  type,
  bytes,
  width,
  height,
  ...(alt !== undefined && { alt }),
});

/** The file with another alternative text, or with none. */
export function describedAs<File extends MessageFile>({ alt: _, ...file }: File, alt: AltText | undefined) {
  return alt === undefined ? file : { ...file, alt };
}

/**
 * The files of a new message, in the order of their ids.
 * @param found those of the files that exist
 * @throws DomainError `invalid_files` unless each is staged by the author for this chat
 */
export function attachable(
  ids: readonly FileId[],
  found: readonly StoredFile[],
  post: { readonly chatId: ChatId; readonly authorId: UserId; readonly sentAt: number },
): readonly MessageFile[] {
  if (ids.length === 0) return NO_FILES;
  return ids.map((id) => {
    const file = found.find((one) => one.id === id);
    const isStaged =
      file?.position === null &&
      file.chatId === post.chatId &&
      file.uploaderId === post.authorId &&
      post.sentAt - file.stagedAt < STAGED_FOR_MS;
    if (!isStaged)
      throw invalidFiles('A file was not uploaded to this chat by you in the last hour, or was sent already.');
    return messageFile(file);
  });
}

/** The ids of a post. @throws DomainError `invalid_files` */
export function fileIds(input: readonly number[]): readonly FileId[] {
  if (input.length > MAX_FILES) throw invalidFiles(`A message can have ${MAX_FILES} files.`);
  if (new Set(input).size < input.length) throw invalidFiles('A message cannot have a file twice.');
  return input.map((id) => {
    if (!Number.isSafeInteger(id) || id < 1) throw invalidFiles('A file has a number as its id.');
    return fileId(id);
  });
}

const invalidFiles = (why: string) => new DomainError('invalid_files', why);
