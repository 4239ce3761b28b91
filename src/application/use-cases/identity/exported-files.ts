import { type MessageFile, messageFile } from '../../../domain/files/file.ts';
import { filesOf, type Message } from '../../../domain/messages/message.ts';
import type { Blobs, ByteRange } from '../../ports/blobs.ts';
import type { StoreView } from '../../ports/store.ts';
import type { ExportLease } from './export-lease.ts';

/** A file of an exported message. */
export interface ExportedFile {
  readonly file: MessageFile;
  /** Its bytes, or a part of them; undefined when they are gone. The caller reads or cancels. */
  read(range?: ByteRange): Promise<AsyncIterable<Uint8Array> | undefined>;
}

interface Deps {
  readonly view: StoreView;
  readonly blobs: Blobs;
  readonly lease: ExportLease;
}

/** The files of these messages that are still there. */
export async function* exportedFiles(
  { view, blobs, lease }: Deps,
  messages: readonly Message[],
): AsyncGenerator<ExportedFile> {
  for (const { id } of messages.flatMap(filesOf)) {
    const file = await view.files.find(id);
    if (!file) continue;
    yield {
      file: messageFile(file),
      read: async (range) => {
        const bytes = await blobs.open(file.blob, range);
        return bytes && lease.renewing(bytes);
      },
    };
  }
}
