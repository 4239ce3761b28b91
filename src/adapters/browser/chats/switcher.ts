import switcherTemplate from '../../../../templates/partials/switcher.eta';
import { isSummary } from '../connection/wire-decoding.ts';
import { Refusal, requestJson, sentenceOf } from '../shell/api.ts';
import { goTo, openDialog } from '../shell/dialogs/overlays.ts';
import { part } from '../shell/part.ts';
import { addDialog } from '../templates/message-html.ts';
import { chatLinks } from './chat-links.ts';
import type { ChatLink } from './chat-neighbours.ts';
import { matching } from './chat-words.ts';
import { findMessages, searchingAsTyped } from './found-messages.ts';
import { operatorCompletions } from './operator-completions.ts';

/**
 * Makes a dialog that finds a chat by a part of its name; returns how to open it.
 * @param typed what its field contains when it is opened for the first time, and a line feed where Enter was pressed
 */
export function switcherDialog(typed: string): () => void {
  const switcher = new Switcher();
  let text = typed;
  return () => {
    switcher.open(text);
    text = '';
  };
}

/** A chat, a person to whom the reader writes in a direct chat, a message, or another beginning of the query. */
type Entry = ChatLink | typeof CATCH_UP | Action;
type Action =
  | { readonly name: string; readonly writeTo: string }
  | { readonly name: string; readonly type: string }
  | { readonly name: string; readonly href: string; readonly before?: string };

const FOUND = 8;

const CATCH_UP = { name: 'Catch up', href: '/catch-up' };

class Switcher {
  readonly #dialog = addDialog(switcherTemplate({}));
  readonly #box = part(this.#dialog, 'input', HTMLInputElement);
  readonly #list = part(this.#dialog, '[role="listbox"]', HTMLElement);
  readonly #none = part(this.#dialog, '.switcher-none', HTMLElement);
  readonly #find = searchingAsTyped(
    entriesFor,
    (found) => this.#add(found),
    // The page of the search says why.
    () => undefined,
  );
  #shown: readonly Entry[] = [];
  #found: readonly Entry[] = [];
  #active = 0;

  constructor() {
    this.#box.addEventListener('input', () => {
      this.#searchOn();
      this.#found = [];
      this.#fill();
      this.#find(this.#box.value);
    });
    this.#box.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') this.#mark(this.#active + 1);
      else if (event.key === 'ArrowUp') this.#mark(this.#active - 1);
      else if (event.key === 'Enter') this.#go(this.#active);
      else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) this.#searchOn();
      else return;
      event.preventDefault();
    });
    this.#list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('[role="option"]') : null;
      if (option) this.#go([...this.#list.children].indexOf(option));
    });
  }

  open(typed: string): void {
    const [text = '', ...afterEnter] = typed.split('\n');
    this.#box.value = text;
    this.#found = [];
    this.#fill();
    this.#find(text);
    openDialog(this.#dialog);
    if (afterEnter.length > 0) this.#go(this.#active);
  }

  #fill(): void {
    const chats = matching([...chatLinks(), CATCH_UP], this.#box.value);
    const name = this.#box.value.trim();
    const others: readonly Entry[] = name === '' ? [] : [...waysFor(name), ...this.#completions(), ...this.#found];
    this.#shown = [...chats, ...others];
    this.#list.replaceChildren(...this.#shown.map(optionOf));
    this.#say(chats.length > 0 ? '' : 'No chat of yours is called that.');
    this.#mark(0);
  }

  /** Messages come behind what is shown already, so that nothing moves under a pointer or a key. */
  #add(found: readonly Entry[]): void {
    this.#found = found;
    const active = this.#active;
    this.#fill();
    this.#mark(active);
  }

  #completions(): readonly Entry[] {
    const chats = chatLinks().map(({ name }) => name);
    return operatorCompletions(this.#box.value, chats).map((type) => ({ name: type, type }));
  }

  #mark(index: number): void {
    this.#active = Math.max(0, Math.min(index, this.#shown.length - 1));
    [...this.#list.children].forEach((option, at) => {
      option.ariaSelected = String(at === this.#active);
    });
    const option = this.#list.children[this.#active];
    if (option) this.#box.setAttribute('aria-activedescendant', option.id);
    else this.#box.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  }

  /** The reader looks for another chat while the one that they have chosen is being fetched, which does not close the dialog then. */
  #searchOn(): void {
    this.#dialog.dataset.kept = '';
  }

  #go(index: number): void {
    const entry = this.#shown[index];
    if (!entry) return;
    delete this.#dialog.dataset.kept;
    if ('type' in entry) this.#type(entry.type);
    else if ('href' in entry) goTo(entry.href);
    else writeTo(entry.writeTo).then(goTo, (error: unknown) => this.#say(sentenceOf(error)));
  }

  #type(text: string): void {
    this.#box.value = text;
    this.#box.focus();
    this.#box.dispatchEvent(new Event('input'));
  }

  #say(words: string): void {
    this.#none.textContent = words;
    this.#none.hidden = words === '';
  }
}

/** The messages for what was typed: their plain texts, since spoilers hide nothing in a list. */
async function entriesFor(typed: string): Promise<readonly Entry[]> {
  if (typed.trim().length < 2) return [];
  const [{ found }, { plain }] = await Promise.all([
    findMessages({ q: typed, limit: String(FOUND) }),
    import('../formatting/format.ts'),
  ]);
  return found.map(({ message, chatName, href }) => ({
    name: plain(message.text) || message.files.map((file) => file.name).join(', '),
    before: `${message.author.username} in ${chatName}`,
    href,
  }));
}

const waysFor = (name: string): readonly Entry[] => [
  { name: `Write to ${name}`, writeTo: name },
  { name: `Search messages for “${name}”`, href: `/search?${new URLSearchParams({ q: name })}` },
];

/** Opens the direct chat with a person; resolves with its address. */
async function writeTo(username: string): Promise<string> {
  const chat = await requestJson('/direct', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ usernames: [username] }),
  });
  if (!isSummary(chat)) throw new Refusal('The server answered with something else than a chat.');
  return `/chat/${chat.id}`;
}

function optionOf({ name, ...entry }: Entry, index: number): HTMLElement {
  const option = document.createElement('li');
  option.role = 'option';
  option.id = `switcher-chat-${index}`;
  option.dir = 'auto';
  option.textContent = name;
  if ('people' in entry && entry.people) option.append(' ', hintOf(entry.people));
  if ('before' in entry && entry.before) option.prepend(hintOf(entry.before), ' ');
  if ('isCurrent' in entry && entry.isCurrent) option.dataset.current = '';
  return option;
}

function hintOf(words: string): HTMLElement {
  const hint = document.createElement('span');
  hint.className = 'hint switcher-people';
  hint.dir = 'auto';
  hint.textContent = words;
  return hint;
}
