import { initialOf } from '../../wire/face.ts';
import { optionalPart, part } from '../shell/part.ts';
import { renamePage } from '../shell/title.ts';

/** Shows another name of the chat in all places of its page. */
export function renameChat(main: HTMLElement, name: string): void {
  part(main, 'h1', HTMLElement).textContent = name;
  renameFace(part(main, '.chat-header', HTMLElement), name);
  renamePage(`${name} · Shoal`);
  part(main, 'textarea', HTMLTextAreaElement).placeholder = `Write to ${name}`;
  const card = optionalPart(document, '.card:has([aria-current])', HTMLElement);
  if (card) renameCard(card, name);
}

export function renameCard(card: HTMLElement, name: string): void {
  part(card, '.card-name', HTMLElement).textContent = name;
  part(card, '.card-link', HTMLAnchorElement).title = name;
  renameFace(card, name);
}

function renameFace(around: HTMLElement, name: string): void {
  part(around, '.face', HTMLElement).textContent = initialOf(name);
}
