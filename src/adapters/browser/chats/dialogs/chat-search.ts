import chatSearchTemplate from '../../../../../templates/partials/chat-search.eta';
import { sentenceOf } from '../../shell/api.ts';
import { part } from '../../shell/part.ts';
import { asset } from '../../templates/asset.ts';
import { elementOf } from '../../templates/message-html.ts';
import { type FoundMessage, type FoundPage, findMessages, searchingAsTyped } from '../found-messages.ts';

const HITS_PER_PAGE = '50';

/** The line in place of a chat's header that finds messages of the chat. Answers how to open it. */
export function chatSearch(header: HTMLElement, signal: AbortSignal): (link: HTMLAnchorElement) => void {
  let search: ChatSearch | undefined;
  return (link) => {
    const chat = new URL(link.href).searchParams.get('chat') ?? '';
    search ??= new ChatSearch(header, { chat, signal, back: link });
    search.open();
  };
}

class ChatSearch {
  readonly #header: HTMLElement;
  readonly #chat: string;
  readonly #back: HTMLElement;
  readonly #form: HTMLElement;
  readonly #box: HTMLInputElement;
  readonly #count: HTMLElement;
  readonly #ways: { readonly earlier: HTMLAnchorElement; readonly later: HTMLAnchorElement };
  #found: readonly FoundMessage[] = [];
  #next: string | null = null;
  /** Of the message that is shown; -1 before the first. */
  #at = -1;

  constructor(
    header: HTMLElement,
    { chat, signal, back }: { readonly chat: string; readonly signal: AbortSignal; readonly back: HTMLElement },
  ) {
    this.#header = header;
    this.#chat = chat;
    this.#back = back;
    this.#form = elementOf(chatSearchTemplate({ chat, asset }));
    this.#box = part(this.#form, 'input[type=search]', HTMLInputElement);
    this.#count = part(this.#form, '[data-count]', HTMLElement);
    this.#ways = {
      earlier: part(this.#form, '[data-earlier]', HTMLAnchorElement),
      later: part(this.#form, '[data-later]', HTMLAnchorElement),
    };
    this.#listen();
    signal.addEventListener('abort', () => this.#close());
  }

  open(): void {
    this.#header.prepend(this.#form);
    this.#header.dataset.searching = '';
    this.#box.focus();
    this.#box.select();
  }

  #listen(): void {
    const ask = searchingAsTyped(
      (typed) => this.#request(typed),
      (page) => this.#show(page),
      (error) => this.#say(sentenceOf(error)),
    );
    this.#box.addEventListener('input', () => ask(this.#box.value));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#ways.earlier.click();
    });
    this.#form.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#close();
      else if (event.key === 'Enter' && event.shiftKey) this.#ways.later.click();
      else return;
      event.preventDefault();
    });
    // The links themselves go to the messages.
    this.#ways.earlier.addEventListener('click', () => this.#step(1));
    this.#ways.later.addEventListener('click', () => this.#step(-1));
    part(this.#form, '[data-close-search]', HTMLElement).addEventListener('click', () => this.#close());
  }

  async #request(typed: string, more: Readonly<Record<string, string>> = {}): Promise<FoundPage> {
    if (typed.trim() === '') return { found: [], next: null };
    return findMessages({ q: typed, chat: this.#chat, limit: HITS_PER_PAGE, ...more });
  }

  #show({ found, next }: FoundPage): void {
    [this.#found, this.#next, this.#at] = [found, next, -1];
    this.#tell();
  }

  /** After the click has taken the address. */
  #step(by: number): void {
    queueMicrotask(() => {
      const at = this.#at + by;
      if (at < 0 || at >= this.#found.length) return;
      this.#at = at;
      this.#tell();
      if (at === this.#found.length - 1 && this.#next !== null) this.#readMore(this.#next);
    });
  }

  #readMore(next: string): void {
    const typed = this.#box.value;
    this.#request(typed, { next }).then(
      (page) => {
        if (this.#next !== next || this.#box.value !== typed) return;
        [this.#found, this.#next] = [[...this.#found, ...page.found], page.next];
        this.#tell();
      },
      (error: unknown) => this.#say(sentenceOf(error)),
    );
  }

  #tell(): void {
    lead(this.#ways.earlier, this.#found[this.#at + 1]);
    lead(this.#ways.later, this.#found[this.#at - 1]);
    const all = `${this.#found.length}${this.#next === null ? '' : '+'}`;
    if (this.#box.value.trim() === '') this.#say('');
    else if (this.#found.length === 0) this.#say('None');
    else this.#say(this.#at < 0 ? all : `${this.#at + 1} of ${all}`);
  }

  #say(words: string): void {
    this.#count.textContent = words;
  }

  #close(): void {
    if (!this.#form.isConnected) return;
    const hadFocus = this.#form.contains(document.activeElement);
    this.#form.remove();
    delete this.#header.dataset.searching;
    if (hadFocus) this.#back.focus();
  }
}

function lead(link: HTMLAnchorElement, to: FoundMessage | undefined): void {
  if (to) link.href = to.href;
  else link.removeAttribute('href');
  link.ariaDisabled = to ? null : 'true';
}
