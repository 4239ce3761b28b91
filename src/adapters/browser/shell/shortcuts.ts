import { chatLinks, neighbourOf } from '../chats/chat-links.ts';
import { switcherDialog } from '../chats/switcher.ts';
import { onDemand } from './on-demand.ts';
import { optionalPart } from './part.ts';
import { singleKeys } from './single-keys.ts';

const FIELDS = 'input, textarea, select, [contenteditable]';

/** The shortcuts that work anywhere on the page. Those of a single key can be turned off, and never work in a field. */
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
 * The name of a key press, as in `mod+k`, where `mod` is Control or Command. Shift is part of the name with letters and arrows
 * only, where browsers use it for shortcuts of their own: which characters need Shift depends on the keyboard.
 */
function nameOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isShifted = shiftKey && /^\w+$/.test(key);
  return `${altKey ? 'alt+' : ''}${ctrlKey || metaKey ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${key.toLowerCase()}`;
}

const isInField = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELDS) !== null;
