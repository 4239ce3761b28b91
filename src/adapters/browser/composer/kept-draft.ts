import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';
import type { OpenDraft } from './drafts.ts';

/** A long text is written to the browser's storage this long after its last change: writing it takes a while. */
const DEBOUNCE_MS = 500;

/** Maximum length of a draft in UTF-16 units: the storage has room for some five million, for unsent posts too. */
const MAX_LENGTH = 2_000_000;

export interface KeptDraft {
  /** Answers whether the text is kept, or will be in a moment. */
  keep(text: string): boolean;
  /** Writes what waits to be written; answers whether all is kept. */
  flush(): boolean;
}

/** Keeps what stands in the box: at once while it could be a message, debounced past that, and before the page goes. */
export function keptDraft(draft: OpenDraft, notKept: () => void): KeptDraft {
  let waiting: { readonly text: string; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  let isKept = true;
  const write = (text: string): boolean => {
    isKept = text.length <= MAX_LENGTH && draft.write(text);
    return isKept;
  };
  const flush = (): boolean => {
    if (!waiting) return isKept;
    const { text, timer } = waiting;
    clearTimeout(timer);
    waiting = undefined;
    if (!write(text)) notKept();
    return isKept;
  };
  addEventListener('pagehide', flush);
  document.addEventListener('visibilitychange', flush);
  return {
    flush,
    keep(text) {
      draft.begin();
      clearTimeout(waiting?.timer);
      waiting = undefined;
      if (text.length <= LONGEST_MESSAGE || text.length > MAX_LENGTH) return write(text);
      waiting = { text, timer: setTimeout(flush, DEBOUNCE_MS) };
      return true;
    },
  };
}
