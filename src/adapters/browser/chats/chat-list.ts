import type { UserServerFrame } from '../../wire/user-frames.ts';
import { privateStorage } from '../storage/private-storage.ts';
import type { ListedChat } from './chat-list-update.ts';

type ChatListFrame = Extract<UserServerFrame, { type: 'hello' | 'chat' | 'left' }>;

/**
 * The list of chats. While there is a socket, its frames keep the list current. Without one, a tab in which the list changes
 * stores it, which makes the other tabs ask the server; changes by other people are loaded when the page becomes visible.
 */
export class ChatList {
  readonly #cards: HTMLElement;
  readonly #stored: string;
  /** The chats that the socket has told of, or undefined without a socket. */
  #live: readonly ListedChat[] | undefined;
  #isAsking = false;

  constructor(list: HTMLElement, cards: HTMLElement) {
    this.#cards = cards;
    this.#stored = `chats:${list.dataset.viewerId}`;
    privateStorage.onChange((name, value) => {
      if (name === this.#stored && value !== undefined && value !== JSON.stringify(this.#listed())) this.#ask();
    });
    new MutationObserver(() => this.#store()).observe(cards, { childList: true, characterData: true, subtree: true });
    addEventListener('focus', () => this.#askIfVisible());
    document.addEventListener('visibilitychange', () => this.#askIfVisible());
    // A page from the cache may be older than the stored list.
    if (document.documentElement.dataset.cachedAt === undefined) this.#store();
  }

  receive(frame: ChatListFrame): void {
    const chats = this.#live ?? [];
    switch (frame.type) {
      case 'hello':
        this.#live = frame.chats;
        break;
      case 'chat':
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

  #showLive(): void {
    const chats = this.#live;
    if (!chats || !differs(this.#listed(), chats)) return;
    // Where the script cannot be loaded, the list stays as it is.
    import('./chat-list-update.ts').then(
      ({ showChats }) => showChats(this.#cards, this.#live ?? chats),
      () => undefined,
    );
  }

  #askIfVisible(): void {
    if (!document.hidden && navigator.onLine) this.#ask();
  }

  #ask(): void {
    if (this.#live || this.#isAsking) return;
    this.#isAsking = true;
    import('./chat-list-update.ts')
      .then(
        ({ updateChatList }) => updateChatList(this.#cards),
        () => undefined,
      )
      .finally(() => {
        this.#isAsking = false;
      });
  }

  #store(): void {
    const shown = JSON.stringify(this.#listed());
    if (privateStorage.read(this.#stored) !== shown) privateStorage.write(this.#stored, shown);
  }

  #listed(): readonly ListedChat[] {
    return [...this.#cards.querySelectorAll<HTMLElement>(':scope > [data-chat]')].map((card) => ({
      id: Number(card.dataset.chat),
      name: card.querySelector('.card-name')?.textContent ?? '',
    }));
  }
}

/** A chat that is new to the list comes first. */
function withChat(chats: readonly ListedChat[], chat: ListedChat): readonly ListedChat[] {
  const isKnown = chats.some(({ id }) => id === chat.id);
  return isKnown ? chats.map((each) => (each.id === chat.id ? chat : each)) : [chat, ...chats];
}

/** Whether the chats or their names differ, in whatever order they are. */
function differs(shown: readonly ListedChat[], chats: readonly ListedChat[]): boolean {
  const names = new Map(chats.map(({ id, name }) => [id, name]));
  return shown.length !== names.size || shown.some(({ id, name }) => names.get(id) !== name);
}
