import switcherTemplate from '../../../../templates/partials/switcher.eta';
import { goTo, openDialog } from '../shell/overlays.ts';
import { part } from '../shell/part.ts';
import { addDialog } from '../templates/message-html.ts';
import { type ChatLink, chatLinks } from './chat-links.ts';
import { matching } from './matching.ts';

/** A dialog that finds a chat by a part of its name; returns how to open it. */
export function switcherDialog(): () => void {
  const dialog = addDialog(switcherTemplate({}));
  const box = part(dialog, 'input', HTMLInputElement);
  const list = part(dialog, '[role="listbox"]', HTMLElement);
  const none = part(dialog, '.switcher-none', HTMLElement);
  let shown: readonly ChatLink[] = [];
  let active = 0;

  const mark = (index: number) => {
    active = Math.max(0, Math.min(index, shown.length - 1));
    [...list.children].forEach((option, at) => {
      option.ariaSelected = String(at === active);
    });
    const option = list.children[active];
    if (option) box.setAttribute('aria-activedescendant', option.id);
    else box.removeAttribute('aria-activedescendant');
    option?.scrollIntoView({ block: 'nearest' });
  };
  const fill = () => {
    shown = matching(chatLinks(), box.value);
    list.replaceChildren(...shown.map(optionOf));
    none.hidden = shown.length > 0;
    mark(0);
  };
  const go = (index: number) => {
    const chat = shown[index];
    if (chat) goTo(chat.href);
  };

  box.addEventListener('input', fill);
  box.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') mark(active + 1);
    else if (event.key === 'ArrowUp') mark(active - 1);
    else if (event.key === 'Enter') go(active);
    else return;
    event.preventDefault();
  });
  list.addEventListener('click', ({ target }) => {
    const option = target instanceof Element ? target.closest('[role="option"]') : null;
    if (option) go([...list.children].indexOf(option));
  });
  return () => {
    box.value = '';
    fill();
    openDialog(dialog);
  };
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
