import { isRecord } from '../connection/wire-decoding.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { hold, ifGone, renewTabName, tabName } from '../storage/tabs.ts';

/** The place of a draft. */
export interface Draft {
  readonly userId: number;
  readonly chatId: number;
}

export interface ShownDraft extends Draft {
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

interface Entry {
  readonly name: string;
  readonly text: string;
  /** The position of the message that the text will answer. */
  readonly replyTo?: number | undefined;
  /** Milliseconds, by this browser's clock. */
  readonly at: number;
}

/**
 * Unsent texts. Each tab has an entry of its own for each chat, and changes no other tab's. A tab without one shows a copy of
 * the latest draft of the others until the reader changes it. The entry of a closed tab becomes that of the tab that shows it.
 */
export const drafts = {
  /**
   * The latest text; empty for a draft that only answers a message, and for an edit in progress. Undefined where there is none of
   * these.
   */
  latest(draft: Draft): string | undefined {
    const isEditing = privateStorage.names(`edit:${draft.userId}:${draft.chatId}:`).length > 0;
    return entriesOf(draft).at(-1)?.text ?? (isEditing ? '' : undefined);
  },

  open: (draft: ShownDraft, changed: () => void): OpenDraft => new OpenDraft(draft, changed),
};

/** The draft of this tab in one chat. */
export class OpenDraft {
  readonly #draft: ShownDraft;
  readonly #changed: () => void;
  #name = '';
  #text = '';
  #replyTo: number | undefined;
  /** The entry of another tab of which this one shows a copy. */
  #copied: Entry | undefined;

  /** @param changed called when the tab that owns a copied draft has changed or sent it */
  constructor(draft: ShownDraft, changed: () => void) {
    this.#draft = draft;
    this.#changed = changed;
    this.#take(tabName());
    const entries = entriesOf(draft);
    const own = entries.find(({ name }) => name === this.#name);
    this.#text = own?.text ?? '';
    this.#replyTo = own?.replyTo;
    if (!own) this.#copy(entries.at(-1));
    privateStorage.onChange((name, value) => this.#heard(name, parse(name, value)), draft.signal);
  }

  /** Aborted when the tab no longer shows the chat. */
  get signal(): AbortSignal {
    return this.#draft.signal;
  }

  get text(): string {
    return this.#copied?.text ?? this.#text;
  }

  /** The position of the message that the text will answer. */
  get replyTo(): number | undefined {
    return this.#copied ? this.#copied.replyTo : this.#replyTo;
  }

  /** Is saved by the next `write`. */
  set replyTo(position: number | undefined) {
    this.begin();
    this.#replyTo = position;
  }

  /** Makes a copied draft this tab's own: it no longer follows the other tab. */
  begin(): void {
    if (this.#copied) this.#replyTo = this.#copied.replyTo;
    this.#copied = undefined;
  }

  /** Returns whether the text is saved. White space alone is no draft, unless it answers a message. */
  write(text: string): boolean {
    this.begin();
    this.#text = text.trim() === '' ? '' : text;
    if (this.#text !== '' || this.#replyTo !== undefined) {
      const entry = { text: this.#text, replyTo: this.#replyTo, at: Date.now() };
      return privateStorage.write(this.#name, JSON.stringify(entry));
    }
    privateStorage.remove(this.#name);
    return true;
  }

  #take(tab: string): void {
    this.#name = `${beginningOf(this.#draft)}${tab}`;
    hold(this.#name, this.#draft.signal);
  }

  #copy(entry: Entry | undefined): void {
    this.#copied = entry;
    if (!entry) return;
    ifGone(entry.name, () => {
      if (parse(entry.name, privateStorage.read(entry.name))?.text !== entry.text) return;
      privateStorage.remove(entry.name);
      // Its reply target comes with it.
      if (this.#copied === entry) this.write(entry.text);
    });
  }

  #heard(name: string, entry: Entry | undefined): void {
    if (name === this.#copied?.name) {
      this.#copied = entry;
      this.#changed();
    } else if (name === this.#name && entry?.text !== this.#text) {
      // A duplicate of this tab has the same name. Without Web Locks, another tab may also have taken this one for closed.
      this.#take(renewTabName());
      if (this.#text !== '') this.write(this.#text);
    }
  }
}

const beginningOf = ({ userId, chatId }: Draft): string => `draft:${userId}:${chatId}:`;

/** Oldest first. */
function entriesOf(draft: Draft): readonly Entry[] {
  return privateStorage
    .names(beginningOf(draft))
    .flatMap((name) => parse(name, privateStorage.read(name)) ?? [])
    .sort((a, b) => a.at - b.at);
}

function parse(name: string, stored: string | undefined): Entry | undefined {
  try {
    const entry: unknown = JSON.parse(stored ?? '');
    if (!isRecord(entry) || typeof entry.text !== 'string' || typeof entry.at !== 'number') return undefined;
    const replyTo = typeof entry.replyTo === 'number' ? entry.replyTo : undefined;
    return { name, text: entry.text, replyTo, at: entry.at };
  } catch {
    return undefined;
  }
}
