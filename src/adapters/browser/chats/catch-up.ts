import { requestJson, sentenceOf } from '../shell/api.ts';
import { optionalPart, part } from '../shell/part.ts';
import { say } from '../shell/say.ts';
import { singleKeyOf } from '../shell/shortcuts.ts';

const STOP = '[data-missed-stop]';

/**
 * Moves through what was missed by J and K or arrows, and marks chats as read in place, by their buttons and by E or Escape. Enter opens
 * what has the focus: everything in the list is a link.
 */
export function startCatchUp(page: HTMLElement): void {
  const stops = () => [...page.querySelectorAll<HTMLElement>(STOP)];

  const move = (by: -1 | 1) => {
    const all = stops();
    const at = all.indexOf(stopOf(document.activeElement));
    const next = at < 0 ? all[0] : all[at + by];
    next?.focus();
    next?.scrollIntoView({ block: 'nearest' });
  };

  const keys: Readonly<Record<string, () => void>> = {
    j: () => move(1),
    k: () => move(-1),
    e: () => markRead(page, chatOf(document.activeElement) ?? optionalPart(page, '[data-missed]', HTMLElement)),
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open], [popover]:popover-open')) return;
    const act = keys[singleKeyOf(event) ?? ''] ?? (chatOf(event.target) && keys[IN_LIST[event.key] ?? '']);
    if (!act) return;
    event.preventDefault();
    act();
  });

  page.addEventListener('submit', (event) => {
    event.preventDefault();
    markRead(page, chatOf(event.target));
  });
}

/** Keys that work where the focus is in the list only: elsewhere they scroll the page, or close something. */
const IN_LIST: Readonly<Record<string, string>> = { ArrowDown: 'j', ArrowUp: 'k', Escape: 'e' };

const chatOf = (target: EventTarget | null): HTMLElement | undefined =>
  (target instanceof Element && target.closest<HTMLElement>('[data-missed]')) || undefined;

/** The stop that has the focus, or the first one of the chat whose button has it. */
const stopOf = (focused: Element | null): HTMLElement =>
  focused?.closest<HTMLElement>(STOP) ?? chatOf(focused)?.querySelector<HTMLElement>(STOP) ?? document.body;

function markRead(page: HTMLElement, chat: HTMLElement | undefined): void {
  if (!chat) return;
  const form = part(chat, 'form', HTMLFormElement);
  const position = Number(part(form, '[name="position"]', HTMLButtonElement).value);
  requestJson(form.action, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ position }),
  }).then(
    () => remove(page, chat),
    (error: unknown) => say(sentenceOf(error), 'alert'),
  );
}

/** The focus goes on to the chat that takes the place of the removed one. */
function remove(page: HTMLElement, chat: HTMLElement): void {
  const hadFocus = chat.contains(document.activeElement);
  const next = chat.nextElementSibling ?? chat.previousElementSibling;
  chat.remove();
  const none = part(page, '[data-missed-none]', HTMLElement);
  if (!page.querySelector('[data-missed]')) none.textContent = 'You have read everything.';
  if (hadFocus) (next?.querySelector<HTMLElement>(STOP) ?? part(page, '.back', HTMLElement)).focus();
}
