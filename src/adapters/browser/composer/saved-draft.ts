import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';
import type { OpenDraft } from './drafts.ts';

/** Delay after the last change until a long text is written to the browser's storage, which takes a while. */
const DEBOUNCE_MS = 500;

/** Maximum length of a draft in UTF-16 units: the storage has room for some five million, unsent posts included. */
const MAX_LENGTH = 2_000_000;

export interface SavedDraft {
  /** False when the last text could not be saved. */
  readonly isSaved: boolean;
  /** Saves the text, now or in a moment; returns false when that is not possible. */
  save(text: string): boolean;
  /** Writes a text that waits to be written; returns whether everything is saved. */
  flush(): boolean;
}

/**
 * Saves what is in the box: at once while it could be a message, debounced when it is longer, and before the page or its chat is left.
 * @param failed called when a text that waited could not be written
 */
export function savedDraft(draft: OpenDraft, failed: () => void): SavedDraft {
  let waiting: { readonly text: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  let isSaved = true;
  const write = (text: string): boolean => {
    isSaved = text.length <= MAX_LENGTH && draft.write(text);
    return isSaved;
  };
  const flush = (): boolean => {
    if (!waiting) return isSaved;
    const { text, timer } = waiting;
    clearTimeout(timer);
    waiting = undefined;
    if (!write(text)) failed();
    return isSaved;
  };
  const { signal } = draft;
  addEventListener('pagehide', flush, { signal });
  document.addEventListener('visibilitychange', flush, { signal });
  signal.addEventListener('abort', flush);
  return {
    flush,
    get isSaved() {
      return isSaved;
    },
    save(text) {
      draft.begin();
      clearTimeout(waiting?.timer);
      waiting = undefined;
      if (text.length <= LONGEST_MESSAGE || text.length > MAX_LENGTH) return write(text);
      waiting = { text, timer: setTimeout(flush, DEBOUNCE_MS) };
      return true;
    },
  };
}
