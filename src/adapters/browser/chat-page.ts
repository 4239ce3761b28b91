import { roleIn } from '../../domain/chats/membership.ts';
import { userId } from '../../domain/ids.ts';
import type { Reader } from '../../domain/messages/permissions.ts';
import type { UserFrame } from '../wire/client-frames.ts';
import type { ChatList } from './chats/chat-list.ts';
import { detailsDisplay } from './chats/details.ts';
import { startCompletion } from './composer/completion/start-completion.ts';
import { Composer } from './composer/composer.ts';
import { startEmojiButton } from './composer/emoji-button.ts';
import { ConnectionDisplay } from './connection/connection-state.ts';
import { LiveChat } from './connection/live-chat.ts';
import { whyRefused } from './connection/refused.ts';
import { watchTexts } from './formatting/watch-texts.ts';
import { startActions } from './log/actions/start-actions.ts';
import { ChatLog } from './log/chat-log.ts';
import { onFailureChoice } from './log/failure.ts';
import type { Viewer } from './log/log-rows.ts';
import { startPlaces } from './log/places/start-places.ts';
import { renewHourly } from './session/renew-hourly.ts';
import { isForNewTab } from './shell/is-for-new-tab.ts';
import { offlinePages } from './shell/offline-pages.ts';
import { onDemand } from './shell/on-demand.ts';
import { part } from './shell/part.ts';
import { type SignalTypingOptions, signalTyping } from './typing/signal-typing.ts';

const REMOVED = 'You are not in this chat any more. What you have begun is here again when you are back.';

/** Starts the parts of a chat's page, and connects them with each other. */
export function startChat(main: HTMLElement, chats: ChatList): void {
  const chatId = Number(main.dataset.chatId);
  const revision = Number(main.dataset.revision);
  const viewer = { id: Number(main.dataset.userId), username: main.dataset.username ?? '' };
  const page = { chatId, viewer, revision, send: (frame: UserFrame) => live.writer.send(frame) };

  const log = new ChatLog({ main, ...page, seen: () => live.seen });
  const live: LiveChat = new LiveChat({
    ...page,
    chats,
    log,
    removed: () => close(chatId, composer),
    display: displayIn(main),
    details: detailsDisplay(main),
    isDraftSaved: () => composer.isDraftSaved(),
  });
  const composer = new Composer({
    form: part(main, '[data-composer]', HTMLFormElement),
    draft: { userId: viewer.id, chatId },
    writer: live.writer,
    editLast: () => actions.editLast(),
    quoteAt: (position, show) => log.quoteAt(position, show),
  });
  const actions = startActions({
    ...{ chatId, viewer, composer, writer: live.writer },
    ...{ reader: readerOf(main), rows: log.rows, reactions: log.reactions, markedUnread: log.markedUnreadIn(chats) },
  });

  helpWriting(main, page);
  startPlaces(chatId, log);
  onFailureChoice(log.rows, live.writer);
  watchTexts(log.rows);
  openDialogsBy(main, () => live.leave());
  log.start();
  live.start();
  renewHourly(document, () => whyRefused(`/chat/${chatId}/messages?limit=1`));
  renewCopyWhenLeft(chatId, { revision, seen: () => live.seen });
  log.goLive();
  onLogOut(() => live.leave());
}

/** Logging out makes the server close the socket: that must not look like a session that has ended by itself. */
const onLogOut = (leave: () => void): void =>
  part(document, 'form[action="/logout"]', HTMLFormElement).addEventListener('submit', leave);

function helpWriting(main: HTMLElement, page: SignalTypingOptions & { readonly viewer: Viewer }): void {
  signalTyping(main, page);
  startCompletion(main);
  startEmojiButton(part(main, '[data-composer]', HTMLFormElement), page.viewer.id);
}

const readerOf = ({ dataset }: HTMLElement): Reader => ({
  userId: userId(Number(dataset.userId)),
  role: roleIn(dataset.role),
});

const displayIn = (main: HTMLElement): ConnectionDisplay =>
  new ConnectionDisplay({
    status: part(main, '[data-connection]', HTMLElement),
    banner: part(main, '[data-banner]', HTMLElement),
    online: part(main, '[data-connected]', HTMLElement),
  });

/** Closes the composer of a removed member, and loads the page again once they are back. */
function close(chatId: number, composer: Composer): void {
  composer.close(REMOVED);
  // Not `location.reload()`: this page may be the answer to a form, which would be sent again. An unsaved draft stays in the box.
  const goOn = () => composer.isDraftSaved() && location.replace(`/chat/${chatId}`);
  import('./chats/rejoining.ts').then(({ onRejoining }) => onRejoining(chatId, goOn), console.error);
}

/** Opens the members and the pins in dialogs instead of the pages that the links lead to. */
function openDialogsBy(main: HTMLElement, leaving: () => void): void {
  const members = part(main, '[data-members]', HTMLAnchorElement);
  const openMembers = onDemand(
    () => import('./chats/members.ts'),
    ({ membersDialog }) => membersDialog({ leaving }),
  );
  const pins = part(main, '[data-pins]', HTMLAnchorElement);
  const openPins = onDemand(
    () => import('./chats/pins.ts'),
    ({ pinsDialog }) => pinsDialog(pins.href),
  );
  openDialogBy(members, () => openMembers(members.href));
  openDialogBy(pins, openPins);
  onMention(main, openMembers);
}

/** A mention opens its person in the dialog of members. */
function onMention(main: HTMLElement, open: (address: string) => void): void {
  main.addEventListener('click', (event) => {
    const mention = event.target instanceof Element ? event.target.closest('a.mention') : null;
    if (!(mention instanceof HTMLAnchorElement) || isForNewTab(event)) return;
    event.preventDefault();
    open(mention.href);
  });
}

function openDialogBy(link: HTMLAnchorElement, open: () => void): void {
  link.setAttribute('aria-haspopup', 'dialog');
  link.addEventListener('click', (event) => {
    if (isForNewTab(event)) return;
    event.preventDefault();
    // Gives the focus back to its button, to which it returns from the dialog too.
    link.closest<HTMLElement>('[popover]')?.hidePopover();
    open();
  });
}

/** A reader who leaves may come back without a network, and expects to find what they have seen. */
function renewCopyWhenLeft(
  chatId: number,
  { revision, seen }: { readonly revision: number; readonly seen: () => number },
): void {
  let copied = revision;
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden || seen() === copied || !navigator.onLine) return;
    copied = seen();
    offlinePages.renew(chatId);
  });
}
