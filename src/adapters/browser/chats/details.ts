import { faceOf } from '../../wire/face.ts';
import type { DetailsFrame } from '../../wire/frames.ts';
import { optionalPart, part } from '../shell/part.ts';
import { renamePage } from '../shell/title.ts';
import { memberCount } from './chat-words.ts';

/** Shows a chat's name, members and connected people in all places of its page. */
export function detailsDisplay(main: HTMLElement): (details: DetailsFrame) => void {
  const heading = part(main, 'h1', HTMLElement);
  const members = part(main, '[data-members]', HTMLElement);
  const connected = part(main, '[data-connected]', HTMLElement);
  return (details) => {
    if (heading.textContent !== details.name) rename(main, heading, details.name);
    members.textContent = memberCount(details.members);
    connected.textContent = `${details.connected} online`;
    connected.hidden = false;
  };
}

function rename(main: HTMLElement, heading: HTMLElement, name: string): void {
  heading.textContent = name;
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
