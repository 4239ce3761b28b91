import type { ChatPages } from '../../chat-page.ts';
import { isRecord } from '../../connection/wire-decoding.ts';
import { chatAt } from '../../log/places/place-address.ts';
import { close, enter, isOverlayEntry, open as overlays, whenReturned } from '../../shell/dialogs/overlays.ts';
import { optionalPart, part } from '../../shell/part.ts';
import { say } from '../../shell/say.ts';
import { renamePage } from '../../shell/title.ts';
import { ChatParts } from './chat-parts.ts';
import { afterFrame, hideEarlierRows } from './first-frame.ts';

/** Time for which the pointer or the focus stays at a link before its chat is fetched. */
const INTENT_MS = 60;
/** A chat that takes longer to come is announced. */
const SLOW_MS = 500;

/** The dialogs that belong to no chat. */
const OF_THE_TAB = '#switcher, #shortcuts, #new-chat';

interface Asked {
  readonly isByHistory: boolean;
  /** The overlays that were open when the reader went to the chat. */
  readonly open: readonly HTMLElement[];
}

interface Going {
  readonly controller: AbortController;
  readonly isByHistory: boolean;
}

/** Shows one chat after the other in the same page. Of several that the reader wants to see, the last one counts. */
export class ChatSwitch {
  readonly #pages: ChatPages;
  readonly #parts: ChatParts;
  readonly #announced = liveRegion();
  /** The positions of the messages at which the reader has left chats. */
  readonly #left = new Map<number | undefined, number | undefined>();
  #going: Going | undefined;
  #intent: ReturnType<typeof setTimeout> | undefined;

  constructor(pages: ChatPages) {
    this.#pages = pages;
    this.#parts = new ChatParts(Number(part(document, '[data-viewer-id]', HTMLElement).dataset.viewerId));
  }

  /** The reader has come to a link, and may be about to follow it. */
  expect(link: HTMLAnchorElement): void {
    clearTimeout(this.#intent);
    this.#intent = setTimeout(() => {
      if (link.matches(':hover, :focus') && chatAt(link) !== this.#pages.chatId) this.#parts.expect(link);
    }, INTENT_MS);
  }

  go(url: URL): void {
    void this.#go(url, { isByHistory: false });
  }

  /** The browser has gone back or forward in its history. */
  returned(): void {
    if (chatAt(location) !== this.#pages.chatId) void this.#go(new URL(location.href), { isByHistory: true });
    else if (this.#going?.isByHistory) this.#stop();
  }

  #stop(): void {
    this.#going?.controller.abort();
    this.#going = undefined;
    document.documentElement.removeAttribute('data-opening');
  }

  async #go(url: URL, { isByHistory }: { readonly isByHistory: boolean }): Promise<void> {
    this.#stop();
    const controller = new AbortController();
    const { signal } = controller;
    const open = [...overlays];
    this.#going = { controller, isByHistory };
    const slow = setTimeout(() => signal.aborted || sayOpening(), SLOW_MS);
    const main = await this.#parts.take(url, signal).catch(() => undefined);
    await whenReturned();
    clearTimeout(slow);
    if (signal.aborted) return;
    if (!main) loadPage(url, { isByHistory });
    else this.#show(main, url, { isByHistory, open });
    this.#stop();
  }

  #show(main: HTMLElement, url: URL, { isByHistory, open }: Asked): void {
    this.#left.set(this.#pages.chatId, this.#pages.shown?.log.navigation.middle);
    const chatId = Number(main.dataset.chatId);
    const home = `/chat/${chatId}`;
    // What the reader has opened since stays, unless it is about the chat that they leave.
    closeOverlays(
      (overlay) => !overlay.matches(OF_THE_TAB) || (open.includes(overlay) && !('kept' in overlay.dataset)),
    );
    if (!isByHistory) enterHistory(url);
    const isInDialog = overlays.length > 0;
    if (isInDialog) enter();
    const place = isByHistory
      ? (placeIn(history.state) ?? (url.pathname === home ? this.#left.get(chatId) : undefined))
      : undefined;
    // As after a page load, unless the composer takes the focus.
    if (document.activeElement instanceof HTMLElement && !isInDialog) document.activeElement.blur();
    const isInPart = place === undefined && hideEarlierRows(main);
    part(document, 'main', HTMLElement).replaceWith(main);
    const name = part(main, 'h1', HTMLElement).textContent ?? '';
    renamePage(`${name} · Shoal`);
    const card = markCurrent(chatId);
    this.#pages.show(main, place);
    this.#announced.textContent = name;
    const { shown } = this.#pages;
    afterFrame(() => {
      if (isInPart) shown?.log.navigation.showAll();
      if (main.isConnected) card?.scrollIntoView({ block: 'nearest' });
    });
  }
}

function sayOpening(): void {
  document.documentElement.dataset.opening = '';
  say('Opening the chat…');
}

/** Where the page cannot be shown in place, the browser loads it, and shows the answer of the server or of the service worker. */
function loadPage(url: URL, { isByHistory }: { readonly isByHistory: boolean }): void {
  if (isByHistory) location.reload();
  else if (isOverlayEntry(history.state)) location.replace(url);
  else location.assign(url);
}

/** Closes some of the overlays. Their entry in the history stays. */
function closeOverlays(isClosed: (overlay: HTMLElement) => boolean): void {
  const closed = overlays.filter(isClosed);
  overlays.splice(0, overlays.length, ...overlays.filter((overlay) => !isClosed(overlay)));
  for (const overlay of closed) close(overlay);
}

/** The entry of an overlay that was open becomes that of the chat. */
function enterHistory(url: URL): void {
  if (isOverlayEntry(history.state)) history.replaceState(null, '', url);
  else history.pushState(null, '', url);
}

/** Marks the chat in the list, and lets the chips lead to it. Returns its card. */
function markCurrent(chatId: number): HTMLElement | undefined {
  const list = part(document, '.cards', HTMLElement);
  list.querySelector('[aria-current]')?.removeAttribute('aria-current');
  const card = optionalPart(list, `[data-chat="${chatId}"]`, HTMLElement);
  card?.querySelector('a')?.setAttribute('aria-current', 'page');
  for (const chip of document.querySelectorAll<HTMLAnchorElement>('[data-chips] a')) {
    chip.setAttribute('href', `/chat/${chatId}${chip.search}`);
  }
  const typing = card?.querySelector('.card-typing')?.cloneNode(true).childNodes ?? [];
  part(document, '[data-typing]', HTMLElement).append(...typing);
  return card;
}

/** Tells assistive technology which chat is shown, which it learns from the title of a page that is loaded. */
function liveRegion(): HTMLElement {
  const region = document.createElement('p');
  region.className = 'visually-hidden';
  region.role = 'status';
  document.body.append(region);
  return region;
}

/** The position that an entry of the history was left at. */
const placeIn = (state: unknown): number | undefined =>
  isRecord(state) && typeof state.at === 'number' ? state.at : undefined;
