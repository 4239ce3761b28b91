import switcherTemplate from '../../../../templates/partials/switcher.eta';
import { goTo, openDialog } from '../shell/dialogs/overlays.ts';
import { part } from '../shell/part.ts';
import { addDialog } from '../templates/message-html.ts';
import { chatLinks } from './chat-links.ts';
import type { ChatLink } from './chat-neighbours.ts';
import { matching } from './chat-words.ts';

/** Makes a dialog that finds a chat by a part of its name; returns how to open it. */
export function switcherDialog(): () => void {
  const switcher = new Switcher();
  return () => switcher.open();
}

class Switcher {
  readonly #dialog = addDialog(switcherTemplate({}));
  readonly #box = part(this.#dialog, 'input', HTMLInputElement);
  readonly #list = part(this.#dialog, '[role="listbox"]', HTMLElement);
  readonly #none = part(this.#dialog, '.switcher-none', HTMLElement);
  #shown: readonly ChatLink[] = [];
  #active = 0;

  constructor() {
    this.#box.addEventListener('input', () => this.#fill());
    this.#box.addEventListener('keydown', (event) => {
      if (event.key === 'ArrowDown') this.#mark(this.#active + 1);
      else if (event.key === 'ArrowUp') this.#mark(this.#active - 1);
      else if (event.key === 'Enter') this.#go(this.#active);
      else return;
      event.preventDefault();
    });
    this.#list.addEventListener('click', ({ target }) => {
      const option = target instanceof Element ? target.closest('[role="option"]') : null;
      if (option) this.#go([...this.#list.children].indexOf(option));
    });
  }

  open(): void {
    this.#box.value = '';
    this.#fill();
    openDialog(this.#dialog);
  }

  #fill(): void {
    this.#shown = matching(chatLinks(), this.#box.value);
    this.#list.replaceChildren(...this.#shown.map(optionOf));
    this.#none.hidden = this.#shown.length > 0;
    this.#mark(0);
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

  #go(index: number): void {
    const chat = this.#shown[index];
    if (chat) goTo(chat.href);
  }
}

function optionOf({ name, isCurrent }: ChatLink, index: number): HTMLElement {
  const option = document.createElement('li');
  option.role = 'option';
  option.id = `switcher-chat-${index}`;
  option.dir = 'auto';
  option.textContent = name;
  if (isCurrent) option.dataset.current = '';
  return option;
}
