import { isRecord } from '../../connection/wire-decoding.ts';
import { privateStorage } from '../../storage/private-storage.ts';

/** A change of a stored message that is shown and not yet acknowledged. A message has one at a time: a later one replaces it. */
export interface PendingChange {
  readonly clientId: string;
  readonly kind: 'edit' | 'delete' | 'restore';
  readonly position: number;
  /** The new text of an edit; else empty. */
  readonly text: string;
  /** The revision of the message that the editor saw. */
  readonly base: number;
  /** Texts of earlier edits that this one replaced: the server may have stored one of them. */
  readonly replaced: readonly string[];
  /** Whether it has been sent: the server may have stored it. */
  readonly isSent: boolean;
  /** The tab that sends it. */
  readonly tab: string;
  /** Why the server refused it; undefined while it may still be stored. */
  readonly failure?: ChangeFailure;
}

export interface ChangeFailure {
  readonly why: string;
  /** The message as it was then, where the server said so; undefined where it is deleted or unknown. */
  readonly current?: { readonly text: string; readonly revision: number };
}

/** Stores pending changes for the next visit and for the reader's other tabs. */
export interface ChangeStorage {
  load(): readonly PendingChange[];
  put(change: PendingChange): void;
  remove(position: number): void;
  /** Calls for each change that another tab has put or, with undefined, removed. */
  onChange(changed: (position: number, change: PendingChange | undefined) => void): void;
}

/** One entry a message, so that tabs that write at the same time do not overwrite each other's changes. */
export function changesInBrowser(of: {
  readonly userId: number;
  readonly chatId: number;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}): ChangeStorage {
  const beginning = `change:${of.userId}:${of.chatId}:`;
  return {
    load: () => privateStorage.names(beginning).flatMap((name) => parseChange(privateStorage.read(name)) ?? []),
    put: (change) => privateStorage.write(beginning + change.position, JSON.stringify(change)),
    remove: (position) => privateStorage.remove(beginning + position),
    onChange: (changed) =>
      privateStorage.onChange((name, value) => {
        if (name.startsWith(beginning)) changed(Number(name.slice(beginning.length)), parseChange(value));
      }, of.signal),
  };
}

/** Parses what `JSON.stringify` made of a pending change; returns undefined for anything else. */
export function parseChange(stored: string | undefined): PendingChange | undefined {
  try {
    const value: unknown = JSON.parse(stored ?? '');
    return isPendingChange(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isPendingChange(value: unknown): value is PendingChange {
  return (
    isRecord(value) &&
    typeof value.clientId === 'string' &&
    (value.kind === 'edit' || value.kind === 'delete' || value.kind === 'restore') &&
    typeof value.position === 'number' &&
    typeof value.text === 'string' &&
    typeof value.base === 'number' &&
    Array.isArray(value.replaced) &&
    typeof value.isSent === 'boolean' &&
    typeof value.tab === 'string' &&
    (value.failure === undefined || (isRecord(value.failure) && typeof value.failure.why === 'string'))
  );
}
