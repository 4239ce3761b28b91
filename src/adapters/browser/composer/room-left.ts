import { codePoints } from '../../../domain/code-points.ts';
import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

const NEAR = 1_000;
const NUMBER = new Intl.NumberFormat('en');

/** Says how many characters there is room for once a text comes near the limit, and when its draft is not kept. */
export function showRoomLeft(element: HTMLElement): (text: string, draft: { readonly isKept: boolean }) => void {
  return (text, { isKept }) => {
    const left = text.length < LONGEST_MESSAGE - NEAR ? NEAR + 1 : LONGEST_MESSAGE - codePoints(text);
    const words = [left > NEAR ? '' : roomWords(left), isKept ? '' : NOT_KEPT].filter((sentence) => sentence !== '');
    element.hidden = words.length === 0;
    element.toggleAttribute('data-over', left < 0);
    element.textContent = words.join(' ');
  };
}

const NOT_KEPT = 'This draft is not kept: copy it before you leave the page.';

function roomWords(left: number): string {
  if (left >= 0) return `${NUMBER.format(left)} characters left`;
  return `${NUMBER.format(-left)} characters too long. A message has at most ${NUMBER.format(LONGEST_MESSAGE)}.`;
}
