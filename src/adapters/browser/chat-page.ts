import { roleIn } from '../../domain/chats/membership.ts';
import { userId } from '../../domain/ids.ts';
import type { Reader } from '../../domain/messages/permissions.ts';
import type { UserFrame } from '../wire/client-frames.ts';
import type { ChatList } from './chats/chat-list.ts';
import { detailsDisplay } from './chats/details.ts';
import { startDialogs } from './chats/dialogs/start-dialogs.ts';
import { startAttaching } from './composer/attaching.ts';
import { startCompletion } from './composer/completion/start-completion.ts';
import { Composer } from './composer/composer.ts';
import { startEmojiButton } from './composer/emoji-button.ts';
import { ConnectionDisplay } from './connection/connection-state.ts';
import { LiveChat } from './connection/live-chat.ts';
import type { LiveTab } from './connection/live-tab.ts';
import { watchTexts } from './formatting/watch-texts.ts';
import { startActions } from './log/actions/start-actions.ts';
import { ChatLog } from './log/chat-log.ts';
import { onFailureChoice } from './log/failure.ts';
import type { Viewer } from './log/log-rows.ts';
import { startPlaces } from './log/places/start-places.ts';
import { cachedAt } from './shell/cached-page.ts';
import { offlinePages } from './shell/offline-pages.ts';
import { part } from './shell/part.ts';
import { type SignalTypingOptions, signalTyping } from './typing/signal-typing.ts';

const REMOVED = 'You are not in this chat any more. What you have begun is here again when you are back.';

export interface ChatPagesOptions {
  readonly chats: ChatList;
  readonly tab: LiveTab;
}

/** The page of a chat, which that of another chat may replace without a page load. */
export class ChatPages {
  readonly #options: ChatPagesOptions;
  /** Ends everything that belongs to the chat that is shown. */
  #closing = new AbortController();
  shown: ShownPage | undefined;

  constructor(options: ChatPagesOptions) {
    this.#options = options;
  }

  get chatId(): number | undefined {
    return this.shown?.live.chatId;
  }

  /** Whether another chat can be shown in this page, which a copy for readers without a network is not made for. */
  get canSwitch(): boolean {
    return cachedAt() === undefined && this.#options.tab.connection.canRefollow();
  }

  /**
   * Starts the parts of a chat's page, after those of the one before it have ended.
   * @param place the position of the message at which the reader was before; undefined for a new visit
   */
  show(main: HTMLElement, place?: number): void {
    // The browser has loaded the first page, and the service worker has cached it.
    if (!this.shown) copies.set(Number(main.dataset.chatId), Number(main.dataset.revision));
    this.#closing.abort();
    this.#closing = new AbortController();
    this.shown = startChat(main, { ...this.#options, signal: this.#closing.signal, place });
  }
}

/** The revisions of the chats of which the service worker has a copy, as far as this page knows. */
const copies = new Map<number, number>();

interface ShownPage {
  readonly log: ChatLog;
  readonly live: LiveChat;
}

interface ChatLife extends ChatPagesOptions {
  readonly place: number | undefined;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}

/** Starts the parts of a chat's page, and connects them with each other. */
function startChat(main: HTMLElement, { chats, tab, signal, place }: ChatLife): ShownPage {
  const chatId = Number(main.dataset.chatId);
  const revision = Number(main.dataset.revision);
  const viewer = viewerOf(main);
  const page = { chatId, viewer, revision, signal, send: (frame: UserFrame) => live.send(frame) };

  const log = new ChatLog({ main, ...page, seen: () => live.seen });
  const live: LiveChat = new LiveChat({
    ...page,
    ...{ chats, tab, log },
    removed: () => close(page, composer),
    display: displayIn(main),
    details: detailsDisplay(main, log.timeline),
    noteRole: (role) => Object.assign(main.dataset, { role }),
    isDraftSaved: () => composer.isDraftSaved(),
  });
  const composer = new Composer({
    form: part(main, '[data-composer]', HTMLFormElement),
    draft: { userId: viewer.id, chatId, signal },
    writer: live.writer,
    editLast: () => actions.editLast(),
    quoteAt: (position, show) => log.quoteAt(position, show),
  });
  const actions = startActions({
    ...{ chatId, viewer, signal, composer, writer: live.writer },
    ...{ reader: readerOf(main), rows: log.rows, reactions: log.reactions, markedUnread: log.markedUnreadIn(chats) },
  });

  helpWriting(main, page);
  startPlaces(page, log);
  onFailureChoice(log.rows, live.writer);
  watchTexts(log.rows, signal);
  startDialogs(main, { signal, leaving: () => tab.connection.leave() });
  log.start(place);
  tab.show(live);
  renewCopyWhenLeft(live, signal);
  log.goLive();
  return { log, live };
}

interface WritingPage extends SignalTypingOptions {
  readonly viewer: Viewer;
  readonly signal: AbortSignal;
}

function helpWriting(main: HTMLElement, page: WritingPage): void {
  signalTyping(main, page);
  startCompletion(main, page.signal);
  const form = part(main, '[data-composer]', HTMLFormElement);
  startEmojiButton(form, page.viewer.id);
  startAttaching(form, page.signal);
}

const viewerOf = ({ dataset }: HTMLElement): Viewer => ({
  id: Number(dataset.userId),
  get username() {
    return dataset.username ?? '';
  },
});

const readerOf = ({ dataset }: HTMLElement): Reader => ({
  userId: userId(Number(dataset.userId)),
  get role() {
    return roleIn(dataset.role);
  },
  get isArchived() {
    return 'archived' in dataset || undefined;
  },
});

const displayIn = (main: HTMLElement): ConnectionDisplay =>
  new ConnectionDisplay({
    status: part(main, '[data-connection]', HTMLElement),
    banner: part(main, '[data-banner]', HTMLElement),
    online: part(main, '[data-connected]', HTMLElement),
  });

/** Closes the composer of a removed member, and loads the page again once they are back. */
function close(
  { chatId, signal }: { readonly chatId: number; readonly signal: AbortSignal },
  composer: Composer,
): void {
  composer.close(REMOVED);
  // Not `location.reload()`: this page may be the answer to a form, which would be sent again. An unsaved draft stays in the box.
  const goOn = () => composer.isDraftSaved() && location.replace(`/chat/${chatId}`);
  import('./chats/rejoining.ts').then(({ onRejoining }) => onRejoining(chatId, signal, goOn), console.error);
}

/** A reader who leaves may come back without a network, and expects to find what they have seen. */
function renewCopyWhenLeft(live: LiveChat, signal: AbortSignal): void {
  const renew = () => {
    if (copies.get(live.chatId) === live.seen || !navigator.onLine) return;
    copies.set(live.chatId, live.seen);
    offlinePages.renew(live.chatId);
  };
  document.addEventListener('visibilitychange', () => document.hidden && renew(), { signal });
  signal.addEventListener('abort', renew);
}
