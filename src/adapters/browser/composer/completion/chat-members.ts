import { isRecord } from '../../connection/wire-decoding.ts';
import { onNameChange } from '../../session/name-changes.ts';
import { requestJson } from '../../shell/api.ts';
import { part } from '../../shell/part.ts';
import { type Person, person } from './people.ts';

/** Maximum pages of members that are loaded, of a hundred each. */
const MAX_PAGES = 100;

/** The members of the page's chat. They are loaded at the first need, and again after their number or a name has changed. */
export class ChatMembers {
  readonly #chatId: string;
  readonly #changed: () => void;
  #people: readonly Person[] = [];
  #isCurrent = false;
  #isLoading = false;

  /** @param changed called when more or other members are known */
  constructor(main: HTMLElement, changed: () => void) {
    const count = part(main, '[data-members]', HTMLElement);
    let shown = count.textContent;
    this.#chatId = main.dataset.chatId ?? '';
    this.#changed = changed;
    new MutationObserver(() => {
      this.#isCurrent &&= shown === count.textContent;
      shown = count.textContent;
    }).observe(count, { childList: true, characterData: true, subtree: true });
    const over = new AbortController();
    onNameChange(() => {
      this.#isCurrent = false;
      if (!main.isConnected) over.abort();
    }, over.signal);
  }

  /** Those who are known now. Loads the others. */
  get people(): readonly Person[] {
    if (!this.#isCurrent && !this.#isLoading) void this.#load();
    return this.#people;
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    this.#isCurrent = true;
    try {
      const people: Person[] = [];
      let next: string | undefined = '';
      for (let pages = 0; next !== undefined && pages < MAX_PAGES; pages += 1) {
        const page = pageIn(await requestJson(`/chat/${this.#chatId}/members${next}`));
        people.push(...page.people);
        next = page.next;
        if (people.length > this.#people.length || next === undefined) this.#know([...people]);
      }
    } catch {
      // Without a network there is nothing to offer. The next word asks again.
      this.#isCurrent = false;
    }
    this.#isLoading = false;
  }

  #know(people: readonly Person[]): void {
    this.#people = people;
    this.#changed();
  }
}

function pageIn(value: unknown): { readonly people: readonly Person[]; readonly next: string | undefined } {
  if (!isRecord(value) || !Array.isArray(value.members)) throw new Error('The server did not answer with members.');
  const people = value.members.map((member: unknown) => {
    if (!isRecord(member)) throw new Error('A member is not an object.');
    return person({ id: Number(member.id), name: String(member.username) });
  });
  return { people, next: typeof value.next === 'string' ? `?after=${encodeURIComponent(value.next)}` : undefined };
}
