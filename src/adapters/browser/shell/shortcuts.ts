import { onDemand } from './on-demand.ts';
import { optionalPart } from './part.ts';
import { singleKeys } from './single-keys.ts';

/** The keys with which Shift is part of the name. */
const SHIFTED = /^\w+$/;
const FIELDS = 'input, textarea, select, [contenteditable]';

/** The shortcuts that work anywhere on the page. Those of a single key can be turned off, and never work in a field. */
export function startShortcuts(): void {
  const { openSwitcher, takeKey } = loadedSwitcher();
  const open = onDemand(
    () => import('./shortcuts-dialog.ts'),
    ({ shortcutsDialog }) => shortcutsDialog(),
  );
  const visit = onDemand(
    () => import('../chats/switching/visit-neighbour.ts'),
    ({ visitNeighbour }) => visitNeighbour,
  );
  onClick('[data-open-shortcuts]', open);
  onClick('[data-open-switcher]', openSwitcher);

  const keys: Readonly<Record<string, () => void>> = {
    'mod+k': openSwitcher,
    'mod+/': open,
    'alt+arrowup': () => visit(-1, 'any'),
    'alt+arrowdown': () => visit(1, 'any'),
    'alt+shift+arrowup': () => visit(-1, 'unread'),
    'alt+shift+arrowdown': () => visit(1, 'unread'),
    '?': open,
    '/': () => optionalPart(document, '[data-search]', HTMLElement)?.click(),
    c: () => optionalPart(document, '[data-composer] textarea', HTMLTextAreaElement)?.focus(),
  };

  document.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (takeKey(event)) return;
    const pressed = nameOf(event);
    if (isSingle(event) && singleKeyOf(event) === undefined) return;
    const act = keys[pressed];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** Opens the switcher. Its field begins with what is typed while the switcher is being loaded, Enter included. */
function loadedSwitcher() {
  let typed = '';
  let isLoading = false;
  const load = async () => {
    isLoading = true;
    try {
      return await import('../chats/switcher.ts');
    } finally {
      isLoading = false;
    }
  };
  return {
    openSwitcher: onDemand(load, ({ switcherDialog }) => switcherDialog(typed)),
    takeKey(event: KeyboardEvent): boolean {
      const character = event.key === 'Enter' ? '\n' : event.key;
      if (!isLoading || character.length > 1) return false;
      typed += character;
      event.preventDefault();
      return true;
    },
  };
}

/** Also for elements that are added later. */
function onClick(selector: string, act: () => void): void {
  document.addEventListener('click', ({ target }) => target instanceof Element && target.closest(selector) && act());
}

/**
 * The key of a press that may be a shortcut of a single key, in lower case. Undefined in a field, under a dialog, with Control,
 * Command or Alt, with Shift where that is part of the name, and while the reader has turned these shortcuts off.
 */
export function singleKeyOf(event: KeyboardEvent): string | undefined {
  if (!isSingle(event) || isInField(event.target) || document.querySelector('dialog[open]')) return undefined;
  return singleKeys.areOn() ? event.key.toLowerCase() : undefined;
}

const isSingle = ({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): boolean =>
  !(altKey || ctrlKey || metaKey || (shiftKey && SHIFTED.test(key)));

/**
 * The name of a key press, as in `mod+k`, where `mod` is Control or Command. Shift is part of the name with letters and arrows
 * only, where browsers use it for shortcuts of their own: which characters need Shift depends on the keyboard.
 */
function nameOf({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const isShifted = shiftKey && SHIFTED.test(key);
  return `${altKey ? 'alt+' : ''}${ctrlKey || metaKey ? 'mod+' : ''}${isShifted ? 'shift+' : ''}${key.toLowerCase()}`;
}

const isInField = (target: EventTarget | null): boolean => target instanceof Element && target.closest(FIELDS) !== null;
