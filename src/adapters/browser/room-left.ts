import { codePoints } from '../../domain/code-points.ts';
import { LONGEST_MESSAGE } from '../../domain/messages/message-body.ts';

const NEAR = 1_000;

/** Says how many characters there is room for, once a text comes near the end of it. */
export function showRoomLeft(element: HTMLElement): (text: string) => void {
  return (text) => {
    const left = text.length < LONGEST_MESSAGE - NEAR ? NEAR + 1 : LONGEST_MESSAGE - codePoints(text);
    element.hidden = left > NEAR;
    element.toggleAttribute('data-over', left < 0);
    element.textContent = left < 0 ? `${-left} characters too many` : `${left} characters left`;
  };
}
