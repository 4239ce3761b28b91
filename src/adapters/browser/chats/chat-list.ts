import { callsIn, isMutedAt, peopleOf, pinnedFirst, previewOf, unreadLabel } from '../../wire/chat-card.ts';
import type { UserServerFrame, WireChatSummary } from '../../wire/user-frames.ts';
import { showCalls } from '../shell/title.ts';
import { privateStorage } from '../storage/private-storage.ts';

/** The reader of the open chat. */
interface ChatReader {
  /** Takes note of what the server says. */
  hear(chats: readonly WireChatSummary[]): void;
  /** The summary as the list shows it. */
  mask(chat: WireChatSummary): WireChatSummary;
}

type ChatListFrame = Extract<UserServerFrame, { type: 'hello' | 'chat' | 'left' }>;

/**
 * The list of chats. While there is a socket, its frames keep the list current. Without one, a tab in which the list changes
 * stores it, which makes the other tabs ask the server; changes by other people are loaded when the page becomes visible.
 */
export class ChatList {
  readonly #cards: HTMLElement;
  readonly #viewerId: number;
  readonly #stored: string;
  /** The chats that the socket has told of, or undefined without a socket. */
  #live: readonly WireChatSummary[] | undefined;
  #isAsking = false;
  #reader: ChatReader | undefined;

  constructor(list: HTMLElement, cards: HTMLElement) {
    this.#cards = cards;
    this.#viewerId = Number(list.dataset.viewerId);
    this.#stored = `chats:${this.#viewerId}`;
    privateStorage.onChange((name, value) => {
      if (name === this.#stored && value !== undefined && value !== this.#names()) this.#ask();
    });
    new MutationObserver(() => this.#store()).observe(cards, { childList: true, characterData: true, subtree: true });
    addEventListener('focus', () => this.#askIfVisible());
    document.addEventListener('visibilitychange', () => this.#askIfVisible());
    // A page from the cache may be older than the stored list.
    if (document.documentElement.dataset.cachedAt !== undefined) return;
    this.#store();
    showCalls();
  }

  /** Tells the reader of the open chat what the server says, and shows the chats as they see them. */
  readBy(reader: ChatReader): void {
    this.#reader = reader;
    this.#showLive();
  }

  receive(frame: ChatListFrame): void {
    const chats = this.#live ?? [];
    switch (frame.type) {
      case 'hello':
        this.#reader?.hear(frame.chats);
        this.#live = frame.chats;
        break;
      case 'chat':
        this.#reader?.hear([frame.chat]);
        this.#live = withChat(chats, frame.chat);
        break;
      case 'left':
        this.#live = chats.filter(({ id }) => id !== frame.chat_id);
        break;
      default:
        frame satisfies never;
    }
    this.#showLive();
  }

  /** The socket is lost. The next one begins with all chats. */
  disconnected(): void {
    this.#live = undefined;
  }

  /** Without a socket, the server does not tell of a change of what is unread. */
  changed(): void {
    this.#ask();
  }

  #showLive(): void {
    const chats = this.#live && this.#masked(this.#live);
    if (chats) showCalls(callsIn(chats));
    if (!chats || this.#shows(chats)) return;
    // Where the script cannot be loaded, the list stays as it is.
    import('./chat-list-update.ts').then(
      ({ showChats }) => showChats(this.#cards, this.#masked(this.#live ?? chats), this.#viewerId),
      () => undefined,
    );
  }

  #masked(chats: readonly WireChatSummary[]): readonly WireChatSummary[] {
    return chats.map((chat) => this.#reader?.mask(chat) ?? chat);
  }

  #askIfVisible(): void {
    if (!document.hidden && navigator.onLine) this.#ask();
  }

  #ask(): void {
    if (this.#live || this.#isAsking) return;
    this.#isAsking = true;
    import('./chat-list-update.ts')
      .then(
        async ({ fetchChats, showChats }) => {
          const chats = await fetchChats();
          if (!chats || this.#live) return;
          this.#reader?.hear(chats);
          const shown = this.#masked(chats);
          showCalls(callsIn(shown));
          showChats(this.#cards, shown, this.#viewerId);
        },
        () => undefined,
      )
      .finally(() => {
        this.#isAsking = false;
      });
  }

  #store(): void {
    const names = this.#names();
    if (privateStorage.read(this.#stored) !== names) privateStorage.write(this.#stored, names);
  }

  /** The chats and their names, in whatever order they are. */
  #names(): string {
    const named = this.#shown().map((card) => [card.dataset.chat, card.querySelector('.card-name')?.textContent]);
    return JSON.stringify(named.sort());
  }

  #shown(): readonly HTMLElement[] {
    return [...this.#cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')];
  }

  #shows(chats: readonly WireChatSummary[]): boolean {
    const shown = this.#shown();
    return (
      shown.length === chats.length &&
      pinnedFirst(chats).every((chat, index) => {
        const card = shown[index];
        return (
          card?.dataset.chat === String(chat.id) &&
          'pinned' in card.dataset === (chat.pinned ?? false) &&
          'muted' in card.dataset === isMutedAt(Date.now(), chat) &&
          card.querySelector('.card-name')?.textContent === chat.name &&
          (card.querySelector('.card-people')?.textContent ?? '') === peopleOf(chat) &&
          card.querySelector('.card-last')?.textContent === previewOf(chat, this.#viewerId) &&
          (card.querySelector('.card-unread')?.firstChild?.textContent ?? '') === unreadLabel(chat)
        );
      })
    );
  }
}

/** By the newest message, the newest first. What changed has changed now, so that it comes before chats without messages. */
function withChat(chats: readonly WireChatSummary[], chat: WireChatSummary): readonly WireChatSummary[] {
  const known = chats.findIndex(({ id }) => id === chat.id);
  if (known >= 0 && chats[known]?.last?.position === chat.last?.position) return chats.with(known, chat);
  const others = chats.filter(({ id }) => id !== chat.id);
  if (chat.archived) return others;
  const place = others.findIndex(({ last }) => !last || !chat.last || last.sent_at <= chat.last.sent_at);
  return place < 0 ? [...others, chat] : others.toSpliced(place, 0, chat);
}
