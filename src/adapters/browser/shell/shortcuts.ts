import { chatLinks, neighbourOf } from '../chats/chat-links.ts';
import { switcherDialog } from '../chats/switcher.ts';
import { onDemand } from './on-demand.ts';
import { optionalPart } from './part.ts';
import { singleKeys } from './single-keys.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';

/** All keys that work anywhere on the page. Those of one letter can be switched off, and never work in a field. */
export function startShortcuts(): void {
  let switcher: (() => void) | undefined;
  const openSwitcher = () => {
    switcher ??= switcherDialog();
    switcher();
  };
  const open = onDemand(
    () => import('./shortcuts-dialog.ts'),
    ({ shortcutsDialog }) => shortcutsDialog(),
  );
  optionalPart(document, '[data-open-shortcuts]', HTMLButtonElement)?.addEventListener('click', open);

  const keys: Readonly<Record<string, () => void>> = {
    'mod+k': openSwitcher,
    'mod+/': open,
    'alt+arrowup': () => visit(-1),
    'alt+arrowdown': () => visit(1),
    '?': open,
    c: () => optionalPart(document, '[data-composer] textarea', HTMLTextAreaElement)?.focus(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    const pressed = nameOf(event);
    const isSingle = !pressed.includes('+');
    if (isSingle && (!singleKeys.areOn() || isInField(event.target))) return;
    const act = keys[pressed];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function visit(distance: number): void {
  const neighbour = neighbourOf(chatLinks(), distance);
  if (neighbour) location.assign(neighbour.href);
}

/**
 * As in `mod+k`; Control does on one system what Command does on another. Signs have Shift in them, more or less of it by
 * the keyboard; with letters and arrows it makes another key, such as the one that opens the browser's console.
 */
function nameOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isShifted = shiftKey && /^\w+$/.test(key);
  return `${altKey ? 'alt+' : ''}${ctrlKey || metaKey ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${key.toLowerCase()}`;
}

const isInField = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELDS) !== null;
