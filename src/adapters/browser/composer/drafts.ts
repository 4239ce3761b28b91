import { isRecord } from '../connection/wire-decoding.ts';
import { privateStorage } from '../storage/private-storage.ts';
import { hold, ifGone, renewTabName, tabName } from '../storage/tabs.ts';

/** Where somebody has begun to write. */
export interface Draft {
  readonly userId: number;
  readonly chatId: number;
}

interface Entry {
  readonly name: string;
  readonly text: string;
  /** Milliseconds, by this browser's clock. */
  readonly at: number;
}

/**
 * What has been begun and not sent, an entry for each tab and chat, so that no tab changes another one's. A tab that has
 * nothing of its own shows the latest of the others as a copy, until somebody writes in it; the entry of a tab that is gone
 * becomes its own.
 */
export const drafts = {
  has: (draft: Draft): boolean => entriesOf(draft).length > 0,

  open: (draft: Draft, changed: (text: string) => void): OpenDraft => new OpenDraft(draft, changed),
};

/** The draft of this tab in the chat that it shows. */
export class OpenDraft {
  readonly #draft: Draft;
  readonly #changed: (text: string) => void;
  #name = '';
  #text = '';
  /** Another tab's entry, shown here and not yet written in. */
  #copied: Entry | undefined;

  /** @param changed told what the box has to show when a copy's own tab has changed or sent it */
  constructor(draft: Draft, changed: (text: string) => void) {
    this.#draft = draft;
    this.#changed = changed;
    this.#take(tabName());
    const entries = entriesOf(draft);
    const own = entries.find(({ name }) => name === this.#name);
    this.#text = own?.text ?? '';
    if (!own) this.#copy(entries.at(-1));
    privateStorage.onChange((name, value) => this.#heard(name, parse(name, value)));
  }

  get text(): string {
    return this.#copied?.text ?? this.#text;
  }

  /** From here on what the tab shows is its own, and follows no other tab. */
  begin(): void {
    this.#copied = undefined;
  }

  /** Answers whether the text is kept; of white space nothing is. */
  write(text: string): boolean {
    this.begin();
    this.#text = text.trim() === '' ? '' : text;
    if (this.#text !== '') return privateStorage.write(this.#name, JSON.stringify({ text, at: Date.now() }));
    privateStorage.remove(this.#name);
    return true;
  }

  #take(tab: string): void {
    this.#name = `${beginningOf(this.#draft)}${tab}`;
    hold(this.#name);
  }

  #copy(entry: Entry | undefined): void {
    this.#copied = entry;
    if (!entry) return;
    ifGone(entry.name, () => {
      if (parse(entry.name, privateStorage.read(entry.name))?.text !== entry.text) return;
      privateStorage.remove(entry.name);
      if (this.#copied === entry) this.write(entry.text);
    });
  }

  #heard(name: string, entry: Entry | undefined): void {
    if (name === this.#copied?.name) {
      this.#copied = entry;
      this.#changed(entry?.text ?? '');
    } else if (name === this.#name && entry?.text !== this.#text) {
      // A duplicate of this tab has the same name; without Web Locks, a tab may also have taken this one for gone.
      this.#take(renewTabName());
      if (this.#text !== '') this.write(this.#text);
    }
  }
}

const beginningOf = ({ userId, chatId }: Draft): string => `draft:${userId}:${chatId}:`;

/** The latest is the last. */
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
    return { name, text: entry.text, at: entry.at };
  } catch {
    return undefined;
  }
}
