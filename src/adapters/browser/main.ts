import { startCarousel } from './carousel.ts';
import { startChatList } from './chat-list.ts';
import { startChat } from './chat-page.ts';
import { startCopy } from './copy.ts';
import { startDismissal } from './dismissal.ts';
import { startDraftMarks } from './draft-marks.ts';
import { withholdComposedKeys } from './input-method.ts';
import { startKeptNotice } from './kept-notice.ts';
import { showLocalTimes } from './local-times.ts';
import { startModal } from './modal.ts';
import { startNewChat } from './new-chat.ts';
import { offlinePages } from './offline-pages.ts';
import { onDemand } from './on-demand.ts';
import { startOverlays } from './overlays.ts';
import { startPageReturns } from './page-returns.ts';
import { optionalPart } from './part.ts';
import { privateStorage } from './private-storage.ts';
import { startShare } from './share.ts';
import { startShortcuts } from './shortcuts.ts';
import { followSoftKeyboard } from './soft-keyboard.ts';
import { startTheme } from './theme.ts';
import { onNewTimeZone } from './time-zone.ts';

withholdComposedKeys();
privateStorage.dropUnowned();
showLocalTimes(document);
onNewTimeZone(() => showLocalTimes(document));
startPageReturns();
startOverlays();
startDismissal();
followSoftKeyboard();
start('[data-theme-choice]', HTMLFormElement, startTheme);
start('[data-carousel]', HTMLElement, startCarousel);
start('[data-carousel]', HTMLElement, startChatList);
start('[data-carousel]', HTMLElement, startDraftMarks);
start('[data-carousel]', HTMLElement, startShortcuts);
start('[data-sign-in]', HTMLFormElement, checkSignIn);
start('dialog[popover]', HTMLDialogElement, startModal);
start('[data-new-chat]', HTMLFormElement, startNewChat);
start('[data-invite]', HTMLFormElement, inviteBy);
start('[data-copy]', HTMLButtonElement, startCopy);
start('[data-share]', HTMLButtonElement, startShare);
start('[data-chat-id]', HTMLElement, startChat);
start('[data-kept-notice]', HTMLElement, startKeptNotice);
start('form[action="/logout"]', HTMLFormElement, (form) => form.addEventListener('submit', logOut));
offlinePages.start();

function checkSignIn(form: HTMLFormElement): void {
  // Where the script does not load, the server alone checks.
  const withoutChecks = () => {};
  import('./sign-in.ts').then(({ startSignIn }) => startSignIn(form), withoutChecks);
}

function inviteBy(form: HTMLFormElement): void {
  const invite = onDemand(
    () => import('./invite.ts'),
    ({ inviteDialog }) => inviteDialog(form),
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    invite();
  });
}

function logOut(): void {
  privateStorage.logOut();
  offlinePages.forgetAll();
}

/** Every page has the same script and some of the parts. */
function start<E extends Element>(selector: string, kind: new () => E, begin: (element: E) => void): void {
  const element = optionalPart(document, selector, kind);
  if (element) begin(element);
}
