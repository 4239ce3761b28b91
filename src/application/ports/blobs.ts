import type { BlobKey } from '../../domain/files/file.ts';

/** Bytes that have arrived and are not in the store yet. Call `keep` or `discard`. */
export interface ReceivedBlob {
  readonly key: BlobKey;
  readonly bytes: number;
  /** The first bytes: `EXAMINED_BYTES` of them, or all where there are fewer. */
  readonly head: Uint8Array;
  /**
   * Puts the bytes under their key, durably. Call it once a row that names the key is committed: the store can then be cleared of what no
   * row names at any moment.
   * @throws DomainError `no_room`
   */
  keep(): Promise<void>;
  discard(): Promise<void>;
}

/** The first and the last byte of a part, both included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The bytes of files, by the digest of their content. Nothing is read into memory as a whole: bytes go in and out as streams. What is under
 * a key never changes.
 */
export interface Blobs {
  /**
   * Takes in bytes, durably, and computes their key on the way.
   * @param maxBytes more than these are refused as soon as they have arrived
   * @throws DomainError `file_too_large`, `no_room` when the store is full, and what `chunks` throws; nothing of it stays
   */
  receive(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<ReceivedBlob>;
  /** The bytes under the key, or a part of them, from the first to the last; undefined when there are none. The caller reads or cancels. */
  open(key: BlobKey, range?: ByteRange): Promise<ReadableStream<Uint8Array> | undefined>;
  /** The number of bytes under the key; undefined when there are none. */
  size(key: BlobKey): Promise<number | undefined>;
  /**
   * Removes what is under the key, unless `isNamed` tells, once it is out of reach, that a row names the key: then it comes back. An upload
   * of the same bytes at the same moment loses nothing, since its row is committed before it puts them there.
   */
  remove(key: BlobKey, isNamed: () => Promise<boolean>): Promise<void>;
  /** All keys, in no order. */
  keys(): AsyncIterable<BlobKey>;
  /** Settles what uploads and removals have left that were cut off before `before` (ms since 1970); `isNamed` as for `remove`. */
  clear(before: number, isNamed: (key: BlobKey) => Promise<boolean>): Promise<void>;
}
