import type { ChatPages } from '../../chat-page.ts';
import { chatAt } from '../../log/places/place-address.ts';
import { goTo, openInPlaceBy } from '../../shell/dialogs/overlays.ts';
import { isPlain } from '../../shell/is-for-new-tab.ts';
import type { ChatSwitch } from './chat-switch.ts';

/** The addresses of chats and of their messages. */
const SWITCHED = /^\/chat\/\d+(?:\/at\/\d+)?$/;

/**
 * Shows another chat in the page of this one, wherever the reader goes to it. The code for that is loaded when the reader first points at
 * a link to a chat. Where it cannot be loaded, and for all other pages, the browser loads the page.
 */
export function startSwitching(pages: ChatPages): void {
  let loading: Promise<ChatSwitch> | undefined;
  const load = (): Promise<ChatSwitch> => {
    loading ??= import('./chat-switch.ts').then(({ ChatSwitch }) => new ChatSwitch(pages));
    loading.catch(() => {
      loading = undefined;
    });
    return loading;
  };
  const isSwitched = (url: URL | HTMLAnchorElement) => pages.canSwitch && isOfOther(url, pages);
  const linkIn = ({ target }: Event): HTMLAnchorElement | undefined => {
    const link = target instanceof Element ? target.closest('a') : null;
    return link && isSwitched(link) ? link : undefined;
  };

  for (const type of ['pointerover', 'focusin']) {
    document.addEventListener(type, (event) => {
      const link = linkIn(event);
      if (link) load().then((switching) => switching.expect(link), ignore);
    });
  }
  openInPlaceBy((address) => {
    const url = new URL(address, location.href);
    if (!isSwitched(url)) return false;
    const loadPage = () => location.assign(url);
    load().then((switching) => switching.go(url), loadPage);
    return true;
  });
  document.addEventListener('click', (event) => {
    const link = isPlain(event) ? linkIn(event) : undefined;
    if (!link) return;
    event.preventDefault();
    goTo(link.href);
  });
  // After a reload, entries of the history may be those of other chats too.
  addEventListener('popstate', () => {
    const loadPage = () => location.reload();
    if (loading || chatAt(location) !== pages.chatId) load().then((switching) => switching.returned(), loadPage);
  });
}

const isOfOther = ({ origin, pathname, search }: URL | HTMLAnchorElement, { chatId }: ChatPages): boolean =>
  origin === location.origin && SWITCHED.test(pathname) && search === '' && chatAt({ pathname }) !== chatId;

const ignore = () => {};
