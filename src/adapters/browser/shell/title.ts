import { countLabel } from '../../wire/chat-card.ts';
import { part } from './part.ts';

/** The number on the app's icon, once this page has set it. */
let badge: number | undefined;

/** The server has put the number into the page, so that it is in the title and the icon without script too. */
const icon = (): HTMLLinkElement => part(document, 'link[rel="icon"]', HTMLLinkElement);

/** Gives the page another name. The number before it stays. */
export function renamePage(name: string): void {
  document.title = prefixOf(shown()) + name;
}

/** Shows the number of messages that call for the reader in the title, the icon of the page and, where there is one, that of the app. */
export function showCalls(count = shown()): void {
  const { dataset } = icon();
  const name = document.title.slice(prefixOf(shown()).length);
  if (count !== shown()) {
    dataset.calls = String(count);
    document.title = prefixOf(count) + name;
    icon().href = (count > 0 ? dataset.unread : dataset.plain) ?? '';
  }
  if (badge === count) return;
  badge = count;
  // Some browsers have no badges, or show them for installed apps only.
  navigator.setAppBadge?.(count).catch(() => undefined);
}

const shown = (): number => Number(icon().dataset.calls);

const prefixOf = (count: number): string => (count > 0 ? `(${countLabel(count)}) ` : '');
