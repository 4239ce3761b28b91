import type { Chat } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayPost } from '../../../domain/chats/permissions.ts';
import { DomainError } from '../../../domain/errors.ts';
import { altText, isImage } from '../../../domain/files/alt-text.ts';
import { fileName, hasThumbnail, type MessageFile } from '../../../domain/files/file.ts';
import { recognise } from '../../../domain/files/recognise.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Blobs, ReceivedBlob } from '../../ports/blobs.ts';
import type { Clock } from '../../ports/clock.ts';
import type { FilesView } from '../../ports/files.ts';
import type { RateLimits } from '../../ports/rate-limits.ts';
import type { StoreView } from '../../ports/store.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { tooManyRequests } from '../../within-limit.ts';

export interface Upload {
  readonly chatId: Chat['id'];
  /** As the sender calls it. */
  readonly name: string;
  /** The alternative text of an image; ignored for other files. */
  readonly alt?: string;
  readonly chunks: AsyncIterable<Uint8Array>;
  /** As the sender announces them; undefined where it does not. */
  readonly announcedBytes: number | undefined;
}

export interface FileRules {
  /** False where the installation has no place for files. */
  readonly isOn: boolean;
  readonly maxBytes: number;
  readonly bytesPerUser: number;
}

/**
 * The file, once it is durable. It waits an hour for a message of the actor in this chat.
 * @throws DomainError `forbidden` for anyone but a member, `uploads_off`, `invalid_alt`, `file_too_large`, `no_room` when the actor or the disk has no room
 * left, `too_many_requests`, `unavailable`, and what `chunks` throws; nothing is stored then
 */
export type StageFile = (actor: Actor, upload: Upload) => Promise<MessageFile>;

/** The bytes are in the store a moment after the row. */
const THUMBNAIL_AFTER_MS = 200;

export function makeStageFile(deps: {
  readonly unitOfWork: UnitOfWork;
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly rateLimits: RateLimits;
  readonly fileRules: FileRules;
}): StageFile {
  const { unitOfWork, view, blobs, clock, rateLimits, fileRules } = deps;

  return async ({ user }, { chatId, name, chunks, announcedBytes = 0, alt: given = '' }) => {
    assertAllowed(await view.members.find(chatId, user.id), mayPost);
    const alt = altText(given);
    if (!fileRules.isOn) throw new DomainError('uploads_off', 'This server does not take files.');
    const left = await roomLeft(view.files, fileRules, user.id);
    await takeUpload(rateLimits, user.id);
    if (announcedBytes > fileRules.maxBytes) throw tooLarge(fileRules);
    if (announcedBytes > left) throw noRoom();
    const received = await blobs.receive(chunks, Math.min(left, fileRules.maxBytes)).catch((error: unknown) => {
      const isRoomTaken = left < fileRules.maxBytes && error instanceof DomainError && error.code === 'file_too_large';
      throw isRoomTaken ? noRoom() : error;
    });
    try {
      return await keep(received);
    } catch (error) {
      await received.discard();
      throw error;
    }

    async function keep({ key: blob, bytes, head, ...received }: ReceivedBlob): Promise<MessageFile> {
      const found = { name: fileName(name), bytes, ...recognise(head) };
      const file = alt !== undefined && isImage(found.type) ? { ...found, alt } : found;
      const id = await unitOfWork.run(async (store) => {
        assertAllowed(await store.members.find(chatId, user.id), mayPost);
        await store.files.holdQuota(user.id);
        if ((await roomLeft(store.files, fileRules, user.id)) < bytes) throw noRoom();
        const id = await store.files.add({ ...file, chatId, uploaderId: user.id, blob, stagedAt: clock.now() });
        if (hasThumbnail(file.type))
          await store.jobs.add({ kind: 'make_thumbnail', fileId: id }, { delayMs: THUMBNAIL_AFTER_MS });
        return id;
      });
      await received.keep().catch(async (error: unknown) => {
        // Without its bytes a file is nothing. Should the row stay, nobody can send it, and it goes after an hour.
        await unitOfWork.run(({ files }) => files.unstage(id)).catch(() => undefined);
        throw error;
      });
      return { id, ...file };
    }
  };
}

/** It is not given back: what is cut off or refused on the way costs as much. @throws DomainError `too_many_requests` */
async function takeUpload(rateLimits: RateLimits, userId: UserId): Promise<void> {
  const wait = await rateLimits.take('uploads', `${userId}`);
  if (wait > 0) throw tooManyRequests('You have sent many files.', wait);
}

const roomLeft = async (files: FilesView, { bytesPerUser }: FileRules, userId: UserId): Promise<number> =>
  Math.max(0, bytesPerUser - (await files.bytesOf(userId)));

const tooLarge = ({ maxBytes }: FileRules) => new DomainError('file_too_large', `A file can have ${maxBytes} bytes.`);

const noRoom = () => new DomainError('no_room', 'Your files take all the room that you have here. Delete some first.');
