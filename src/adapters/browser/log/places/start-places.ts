import { onDemand } from '../../shell/on-demand.ts';
import type { ChatLog } from '../chat-log.ts';
import { positionOf } from '../row-facts.ts';
import { placeAt } from './place-address.ts';
import type { Places } from './places.ts';

/**
 * Links to messages of this chat, quotes among them, go there within the page, and so do Back, Forward and the form for a date.
 * The code for that is loaded at the first use.
 */
export function startPlaces(chatId: number, log: ChatLog): void {
  let shown = location.pathname;
  let use: (places: Places) => void;
  const load = onDemand(
    () => import('./places.ts'),
    (module) => {
      const places = new module.Places({ chatId, log, went: () => (shown = location.pathname) });
      return () => use(places);
    },
  );
  /** Of several uses while the code is loaded, the last one counts. */
  const withPlaces = (next: (places: Places) => void) => {
    use = next;
    load();
  };

  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const position = link && placeAt(link, chatId);
    if (typeof position !== 'number' || !isPlain(event)) return;
    event.preventDefault();
    const row = link?.closest('article');
    withPlaces((places) => places.go(position, row ? { from: positionOf(row) } : {}));
  });
  // An overlay that is closed leaves the address as it is.
  addEventListener('popstate', () => {
    if (location.pathname !== shown) withPlaces((places) => places.returned());
  });
  document.addEventListener('submit', (event) => {
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-date]')) return;
    event.preventDefault();
    withPlaces((places) => places.goToDate(form));
  });
}

const isPlain = ({ button, defaultPrevented, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent): boolean =>
  button === 0 && !(defaultPrevented || altKey || ctrlKey || metaKey || shiftKey);
