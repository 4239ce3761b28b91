import type { BlobKey, FileId, StoredFile } from '../../domain/files/file.ts';
import { blobsOf, type OwnedPicture, type PictureOwner } from '../../domain/pictures/picture.ts';
import type { Blobs } from '../ports/blobs.ts';
import type { FilesView } from '../ports/files.ts';
import type { UnitOfWork } from '../ports/unit-of-work.ts';
import { removeBlobs } from '../use-cases/files/remove-blobs.ts';
import { copyOne, eachOf } from './copy-blobs.ts';
import type { NamedBlob } from './named-blob.ts';

export type Fault = 'missing' | 'wrong size' | 'damaged' | 'orphaned';

export interface Finding {
  readonly fault: Fault;
  readonly key: BlobKey;
  /** Undefined of an orphan. */
  readonly of: NamedBlob | undefined;
  readonly isMended: boolean;
}

export interface Examination {
  readonly unitOfWork: Pick<UnitOfWork, 'run'>;
  readonly blobs: Blobs;
  /** The SHA-256 of bytes, in hex. */
  readonly digest: (bytes: AsyncIterable<Uint8Array>) => Promise<string>;
  /** Whether all bytes are read and compared with their digests. */
  readonly readsAll: boolean;
  /** Undefined where nothing is mended. */
  readonly mend: { readonly backup: Blobs | undefined } | undefined;
  readonly tell: (finding: Finding) => void;
}

const PAGE = 500;

/**
 * Compares the rows of files and pictures with the store, while servers may be running, and mends what can be: orphans are removed, thumbnails are made
 * again by a job, files and pictures come back from a backup.
 * @returns how many blobs the rows name, how many faults were found, and how many of them are left
 */
export async function examineStore(
  asked: Examination,
): Promise<{ readonly named: number; readonly found: number; readonly left: number }> {
  const counted = { named: 0, found: 0, left: 0 };
  const tell = (finding: Finding) => {
    counted.found += 1;
    if (!finding.isMended) counted.left += 1;
    asked.tell(finding);
  };
  await eachOf(namedBlobs(asked.unitOfWork), async (named) => {
    counted.named += 1;
    const fault = await faultOf(named, asked);
    if (fault && (await isNamedStill(named, asked)))
      tell({ fault, key: named.key, of: named, isMended: await mend(named, asked) });
  });
  for await (const key of orphans(asked)) {
    const isMended = asked.mend !== undefined;
    if (isMended) await removeBlobs({ view: { files: viewOf(asked.unitOfWork) }, blobs: asked.blobs }, [key]);
    tell({ fault: 'orphaned', key, of: undefined, isMended });
  }
  return counted;
}

/** What the rows of files and pictures name, a page at a time. */
export async function* namedBlobs(unitOfWork: Pick<UnitOfWork, 'run'>): AsyncGenerator<NamedBlob> {
  for (let after = 0 as FileId; ; ) {
    const files = await unitOfWork.run((store) => store.files.after(after, PAGE));
    for (const file of files) yield* blobsOfFile(file);
    const last = files.at(-1);
    if (!last || files.length < PAGE) break;
    after = last.id;
  }
  for (let after: PictureOwner | undefined; ; ) {
    const pictures: readonly OwnedPicture[] = await unitOfWork.run((store) => store.pictures.after(after, PAGE));
    for (const picture of pictures) yield* blobsOfPicture(picture);
    after = pictures.at(-1)?.owner;
    if (pictures.length < PAGE) return;
  }
}

function* blobsOfPicture({ owner, picture }: OwnedPicture): Generator<NamedBlob> {
  for (const key of blobsOf(picture)) yield { key, bytes: undefined, of: 'picture', owner, isStaged: false };
}

function* blobsOfFile({ id, chatId, position, blob, bytes, thumbnail }: StoredFile): Generator<NamedBlob> {
  const row = { fileId: id, chatId, isStaged: position === null };
  yield { ...row, key: blob, bytes, of: 'file' };
  if (thumbnail !== null && thumbnail !== 'none') yield { ...row, key: thumbnail, bytes: undefined, of: 'thumbnail' };
}

async function faultOf({ key, bytes }: NamedBlob, { blobs, readsAll, digest }: Examination) {
  const size = await blobs.size(key);
  if (size === undefined) return 'missing';
  if (bytes !== undefined && size !== bytes) return 'wrong size';
  if (!readsAll) return undefined;
  const stream = await blobs.open(key);
  return stream && (await digest(stream)) !== key ? 'damaged' : undefined;
}

/** False for what was removed, or is about to arrive, while it was looked at. */
async function isNamedStill(named: NamedBlob, { unitOfWork }: Examination): Promise<boolean> {
  const { key, isStaged } = named;
  if (named.of === 'picture') {
    const picture = await unitOfWork.run(({ pictures }) => pictures.find(named.owner));
    return picture !== undefined && blobsOf(picture).includes(key);
  }
  const row = await unitOfWork.run(({ files }) => files.find(named.fileId));
  return !isStaged && (row?.blob === key || row?.thumbnail === key);
}

async function mend(named: NamedBlob, { unitOfWork, blobs, mend: by }: Examination): Promise<boolean> {
  if (!by) return false;
  if (named.of === 'thumbnail') {
    await blobs.remove(named.key, async () => false);
    await unitOfWork.run(({ jobs }) => jobs.add({ kind: 'make_thumbnail', fileId: named.fileId }, { delayMs: 0 }));
    return true;
  }
  return by.backup !== undefined && typeof (await copyOne(named.key, { from: by.backup, to: blobs })) === 'object';
}

async function* orphans({ unitOfWork, blobs }: Examination): AsyncGenerator<BlobKey> {
  const view = viewOf(unitOfWork);
  const unnamed = async (keys: readonly BlobKey[]) => {
    const named = await view.named(keys);
    return keys.filter((key) => !named.has(key));
  };
  let keys: BlobKey[] = [];
  for await (const key of blobs.keys()) {
    if (keys.push(key) < PAGE) continue;
    yield* await unnamed(keys);
    keys = [];
  }
  yield* await unnamed(keys);
}

const viewOf = (unitOfWork: Pick<UnitOfWork, 'run'>): Pick<FilesView, 'after' | 'named'> => ({
  named: (keys) => unitOfWork.run(({ files }) => files.named(keys)),
  after: (id, limit) => unitOfWork.run(({ files }) => files.after(id, limit)),
});
