import { isRecord } from '../../connection/wire-decoding.ts';
import { privateStorage } from '../../storage/private-storage.ts';
import { hold, ifGone, knowsTabs, renewTabName, tabName } from '../../storage/tabs.ts';

/** An edit whose text is still being written. */
export interface StartedEdit {
  readonly position: number;
  /** The revision of the message that the editor saw. */
  readonly base: number;
  readonly text: string;
}

/** Maximum length of a text in UTF-16 units. A longer one is far too long for a message, and slow to store at each key. */
const MAX_LENGTH = 100_000;

/**
 * The edit in progress of this tab in one chat. Like a draft it is stored for the next visit, and the edit of a closed tab becomes that of
 * the next tab that opens the chat. No other open tab shows it.
 */
export class EditDraft {
  readonly #beginning: string;
  readonly #signal: AbortSignal;
  #name = '';
  #stored: string | undefined;

  /** @param of.signal aborted when the tab no longer shows the chat */
  constructor(of: { readonly userId: number; readonly chatId: number; readonly signal: AbortSignal }) {
    this.#beginning = `edit:${of.userId}:${of.chatId}:`;
    this.#signal = of.signal;
    this.#take(tabName());
    privateStorage.onChange((name, value) => {
      // A duplicate of this tab has the same name.
      if (name !== this.#name || this.#stored === undefined || value === this.#stored) return;
      this.#take(renewTabName());
      privateStorage.write(this.#name, this.#stored);
    }, of.signal);
  }

  /** Calls with the edit of an earlier visit, at once or when its tab is known to be closed. */
  resume(found: (edit: StartedEdit) => void): void {
    this.#stored = privateStorage.read(this.#name);
    const own = parse(this.#stored);
    if (own) found(own);
    else this.#inherit(found);
  }

  /** Returns whether the edit is stored. */
  keep(edit: StartedEdit): boolean {
    if (edit.text.length > MAX_LENGTH) return false;
    this.#stored = JSON.stringify(edit);
    return privateStorage.write(this.#name, this.#stored);
  }

  end(): void {
    this.#stored = undefined;
    privateStorage.remove(this.#name);
  }

  #take(tab: string): void {
    this.#name = this.#beginning + tab;
    hold(this.#name, this.#signal);
  }

  #inherit(found: (edit: StartedEdit) => void): void {
    if (!knowsTabs()) return;
    for (const name of privateStorage.names(this.#beginning)) {
      ifGone(name, () => {
        const edit = parse(privateStorage.read(name));
        if (!edit || this.#stored !== undefined) return;
        privateStorage.remove(name);
        if (this.keep(edit)) found(edit);
      });
    }
  }
}

function parse(stored: string | undefined): StartedEdit | undefined {
  try {
    const edit: unknown = JSON.parse(stored ?? '');
    if (!isRecord(edit)) return undefined;
    const { position, base, text } = edit;
    const isEdit = typeof position === 'number' && typeof base === 'number' && typeof text === 'string';
    return isEdit ? { position, base, text } : undefined;
  } catch {
    return undefined;
  }
}
