import { isPlain } from '../../shell/is-for-new-tab.ts';
import { onDemand } from '../../shell/on-demand.ts';
import type { ChatLog } from '../chat-log.ts';
import { positionOf } from '../row-facts.ts';
import { chatAt, placeAt } from './place-address.ts';
import type { Places } from './places.ts';

interface ChatLife {
  readonly chatId: number;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/**
 * Links to messages of this chat, quotes among them, go there within the page, and so do Back, Forward and the form for a date.
 * The code for that is loaded at the first use.
 */
export function startPlaces({ chatId, signal }: ChatLife, log: ChatLog): void {
  let shown = location.pathname;
  let use: (places: Places) => void;
  const load = onDemand(
    () => import('./places.ts'),
    (module) => {
      const places = new module.Places({ chatId, log, went: () => (shown = location.pathname) });
      return () => signal.aborted || use(places);
    },
  );
  /** Of several uses while the code is loaded, the last one counts. */
  const withPlaces = (next: (places: Places) => void) => {
    use = next;
    load();
  };

  const follow = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const position = link && placeAt(link, chatId);
    if (typeof position !== 'number' || !isPlain(event)) return;
    event.preventDefault();
    const row = link?.closest('article');
    withPlaces((places) => places.go(position, row ? { from: positionOf(row) } : {}));
  };
  // An overlay that is closed leaves the address as it is.
  const returned = () => {
    if (location.pathname !== shown && chatAt(location) === chatId) withPlaces((places) => places.returned());
  };
  const goToDate = (event: SubmitEvent) => {
    const { target: form } = event;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-date]')) return;
    event.preventDefault();
    withPlaces((places) => places.goToDate(form));
  };
  document.addEventListener('click', follow, { signal });
  addEventListener('popstate', returned, { signal });
  document.addEventListener('submit', goToDate, { signal });
}
