import type { TypingFrame } from '../../wire/user-frames.ts';
import { optionalPart } from '../shell/part.ts';
import { TypingPeople } from './typing-people.ts';

/** Shows who is writing: in the strip above the box of the open chat, and in the list of chats. */
export class TypingPlaces {
  readonly #chats = new Map<number, TypingPeople>();

  typing({ chat_id, user }: TypingFrame): void {
    const people = this.#chats.get(chat_id) ?? new TypingPeople((words) => show(chat_id, words));
    this.#chats.set(chat_id, people);
    people.add(user);
  }

  /** A message ends what its author was writing. */
  posted(chatId: number, authorId: number): void {
    this.#chats.get(chatId)?.remove(authorId);
  }
}

function show(chatId: number, words: readonly (string | Node)[]): void {
  const strip = optionalPart(document, `[data-chat-id="${chatId}"] [data-typing]`, HTMLElement);
  strip?.replaceChildren(...words);
  const preview = optionalPart(document, `[data-chat="${chatId}"] .card-preview`, HTMLElement);
  preview?.querySelector('.card-typing')?.remove();
  if (!preview || words.length === 0) return;
  const shown = document.createElement('span');
  shown.className = 'card-typing';
  // A node has one place.
  shown.append(...words.map((word) => (typeof word === 'string' ? word : word.cloneNode(true))));
  preview.append(shown);
}
