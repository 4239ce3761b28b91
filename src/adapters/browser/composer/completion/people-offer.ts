import { faceElement } from '../../templates/message-html.ts';
import { ChatMembers } from './chat-members.ts';
import { MAX_SHOWN, type Offer, type Option } from './options.ts';
import { findPeople, MENTION_OF_ALL, mentionOf, type Person } from './people.ts';
import type { Trigger } from './trigger.ts';

/** Offers the members of the page's chat. */
export class PeopleOffer {
  readonly #main: HTMLElement;
  readonly #members: ChatMembers;
  readonly #lastWords = new Map<number, number>();

  /** @param changed called when what was offered may be out of date */
  constructor(main: HTMLElement, changed: () => void) {
    this.#main = main;
    this.#members = new ChatMembers(main, changed);
  }

  for({ typed, isQuoted }: Trigger): Offer {
    const { people } = this.#members;
    this.#noteLastWords();
    const viewerId = Number(this.#main.dataset.userId);
    const found = findPeople({ people, typed, isQuoted, viewerId, lastWords: this.#lastWords });
    const options = found.people.slice(0, MAX_SHOWN).map((one) => optionOf(one, viewerId));
    if (found.all === 'first') options.unshift(everyone());
    else if (found.all === 'last') options.push(everyone());
    return { title: 'People', options: people.length > 0 ? options : [], isComplete: found.isMention };
  }

  /** The log shows a part of the chat, which may change: people keep the position of the latest row that was seen. */
  #noteLastWords(): void {
    for (const { dataset } of this.#main.querySelectorAll<HTMLElement>('article[data-author-id]:not(.notice)')) {
      const [author, position] = [Number(dataset.authorId), Number(dataset.position)];
      this.#lastWords.set(author, Math.max(position, this.#lastWords.get(author) ?? 0));
    }
  }
}

const optionOf = (one: Person, viewerId: number): Option => ({
  label: one.name,
  picture: faceElement(one.name, one.id),
  text: mentionOf(one),
  isWord: true,
  ...(one.id === viewerId ? { note: 'You' } : {}),
});

function everyone(): Option {
  const picture = document.createElement('span');
  picture.className = 'face';
  picture.ariaHidden = 'true';
  picture.textContent = '@';
  return { label: MENTION_OF_ALL, note: 'Everyone in this chat', picture, text: MENTION_OF_ALL, isWord: true };
}
