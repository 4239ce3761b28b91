import { ChatPages } from './chat-page.ts';
import { ChatList } from './chats/chat-list.ts';
import { startChips, startUnreadChats } from './chats/chips.ts';
import { startDraftMarks } from './chats/draft-marks.ts';
import { startListKeys } from './chats/list-keys.ts';
import { startSwitching } from './chats/switching/start-switching.ts';
import { LiveTab } from './connection/live-tab.ts';
import { dayChanges, watchDays } from './log/times/local-days.ts';
import { showLocalTimes } from './log/times/local-times.ts';
import { noteInput } from './presence/presence.ts';
import { startPageReturns } from './session/page-returns.ts';
import { startDismissal } from './shell/dialogs/dismissal.ts';
import { startModal } from './shell/dialogs/modal.ts';
import { startOverlays } from './shell/dialogs/overlays.ts';
import { withholdComposedKeys } from './shell/input-method.ts';
import { offlinePages } from './shell/offline-pages.ts';
import { onDemand } from './shell/on-demand.ts';
import { optionalPart, part } from './shell/part.ts';
import { startShortcuts } from './shell/shortcuts.ts';
import { followSoftKeyboard } from './shell/soft-keyboard.ts';
import { privateStorage } from './storage/private-storage.ts';

withholdComposedKeys();
privateStorage.dropUnowned();
showLocalTimes(document);
watchDays();
dayChanges.addEventListener('change', () => showLocalTimes(document));
startPageReturns();
startOverlays();
startDismissal();
followSoftKeyboard();
watchInput();
start('[data-theme-choice]', HTMLFormElement, chooseThemeBy);
start('.cards', HTMLElement, startList);
start('.rail-edge', HTMLElement, startResizing);
start('[data-carousel]', HTMLElement, startDraftMarks);
start('[data-carousel]', HTMLElement, startShortcuts);
start('[data-sign-in]', HTMLFormElement, checkSignIn);
start('dialog[popover]', HTMLDialogElement, startModal);
start('[data-new-chat]', HTMLFormElement, beginChatBy);
start('[data-carousel]', HTMLElement, startLive);
start('[data-pictures]', HTMLLinkElement, (sheet) => sheet.removeAttribute('media'));
for (const rare of [
  '[data-oversight]',
  '[data-copy]',
  '[data-share]',
  '[data-catch-up]',
  '[data-cached-at] [data-cached-notice]',
])
  start(rare, HTMLElement, startRarePart);
start('form[action="/logout"]', HTMLFormElement, (form) => form.addEventListener('submit', logOut));
offlinePages.start();
if (document.querySelector('[data-zone]') || privateStorage.read('push') !== undefined) startNotifications();

/** Notes that the reader uses this page. */
function watchInput(): void {
  for (const type of ['pointerdown', 'pointermove', 'keydown', 'wheel', 'focus']) {
    addEventListener(type, noteInput, { passive: true });
  }
}

function startList(cards: HTMLElement): void {
  startChips(part(document, '[data-chips]', HTMLElement), cards);
  startListKeys(cards);
  startUnreadChats(cards);
}

/** The script is loaded when the menu opens, and when the page is shown again, since other pages may have chosen meanwhile. */
function chooseThemeBy(form: HTMLFormElement): void {
  const load = () => import('./shell/theme.ts');
  const choose = onDemand(
    load,
    ({ chooseTheme }) =>
      (button: HTMLButtonElement) =>
        chooseTheme(form, button),
  );
  const catchUp = () => load().then(({ showTheme }) => showTheme(form), goWithout);
  form.addEventListener('submit', (event) => {
    const { submitter } = event;
    if (!(submitter instanceof HTMLButtonElement)) return;
    event.preventDefault();
    choose(submitter);
  });
  form.closest('[popover]')?.addEventListener('beforetoggle', catchUp);
  document.addEventListener('visibilitychange', catchUp);
  addEventListener('pageshow', ({ persisted }) => persisted && catchUp());
}

/** The script is loaded when the edge of the list is first touched, and takes the events until then in their order. */
function startResizing(edge: HTMLElement): void {
  let loading: Promise<typeof import('./shell/resize-rail.ts')> | undefined;
  const hear = (event: Event) => {
    if (event.type === 'pointerdown') edge.setPointerCapture((event as PointerEvent).pointerId);
    // Browsers do not resolve several imports of a script in the order in which they were asked for.
    loading ??= import('./shell/resize-rail.ts');
    loading.then(
      ({ resizeRail }) => resizeRail(edge, event),
      () => {
        loading = undefined;
      },
    );
  };
  for (const type of ['focus', 'keydown', 'dblclick', 'pointerdown', 'pointermove', 'lostpointercapture']) {
    edge.addEventListener(type, hear);
  }
}

/** Opens the tab's socket, on pages that show the list of chats and maybe one of them. */
function startLive(list: HTMLElement): void {
  const chats = new ChatList(list, part(list, '.cards', HTMLElement));
  const tab = new LiveTab({ chats, viewer: { id: Number(list.dataset.viewerId) } });
  const pages = new ChatPages({ chats, tab });
  start('[data-chat-id]', HTMLElement, (main) => {
    pages.show(main);
    startSwitching(pages);
  });
  tab.start();
  // Logging out makes the server close the socket: that must not look like a session that has ended by itself.
  start('form[action="/logout"]', HTMLFormElement, (form) =>
    form.addEventListener('submit', () => tab.connection.leave()),
  );
}

function checkSignIn(form: HTMLFormElement): void {
  // Where the script cannot be loaded, only the server checks.
  import('./session/sign-in.ts').then(({ startSignIn }) => startSignIn(form), goWithout);
}

function beginChatBy(form: HTMLFormElement): void {
  const begin = onDemand(
    () => import('./chats/new-chat.ts'),
    ({ newChat }) => newChat(form),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    begin();
  });
}

/** Parts of few pages share one script. */
function startRarePart(part: HTMLElement): void {
  import('./rare-parts.ts').then(({ startRare }) => startRare(part), goWithout);
}

/** Where the script cannot be loaded, the page works without, and the next one tries again. */
function startNotifications(): void {
  import('./push/start-notifications.ts').then(({ startNotifications }) => startNotifications(), goWithout);
}

function logOut(): void {
  privateStorage.logOut();
  offlinePages.forgetAll();
}

const goWithout = () => {};

/** Starts a part if the page has it: all pages share one script. */
function start<E extends Element>(selector: string, kind: new () => E, begin: (element: E) => void): void {
  const element = optionalPart(document, selector, kind);
  if (element) begin(element);
}
