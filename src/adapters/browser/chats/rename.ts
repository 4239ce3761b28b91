import { faceOf } from '../../wire/face.ts';
import { optionalPart, part } from '../shell/part.ts';
import { renamePage } from '../shell/title.ts';

/** Shows another name of the chat in all places of its page. */
export function renameChat(main: HTMLElement, name: string): void {
  part(main, 'h1', HTMLElement).textContent = name;
  renamePage(`${name} · Shoal`);
  part(main, 'textarea', HTMLTextAreaElement).placeholder = `Write to ${name}`;
  const card = optionalPart(document, '.card:has([aria-current])', HTMLElement);
  if (card) renameCard(card, name);
}

export function renameCard(card: HTMLElement, name: string): void {
  part(card, '.card-name', HTMLElement).textContent = name;
  part(card, '.card-link', HTMLAnchorElement).title = name;
  const { initial, hue } = faceOf(name);
  const face = part(card, '.face', HTMLElement);
  face.textContent = initial;
  face.dataset.hue = String(hue);
}
