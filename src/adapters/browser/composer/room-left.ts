import { codePoints } from '../../../domain/code-points.ts';
import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

/** The room that is left is shown from here on. */
const NEAR = 1_000;
const NUMBER = new Intl.NumberFormat('en');

const NOT_SAVED = 'This draft is not kept: copy it before you leave the page.';

/** A sentence about a text that is too long, or undefined when it is not. */
export function tooLong(text: string): string | undefined {
  const excess = -roomFor(text);
  if (excess <= 0) return undefined;
  return `${characters(excess)} too long. A message has at most ${NUMBER.format(LONGEST_MESSAGE)}.`;
}

export interface DraftState {
  readonly isSaved: boolean;
  /** A text that is too long has been refused, and another element says so. */
  readonly isRefused?: boolean;
}

/** The line under the box, which says how much room is left when that is little, and when the draft cannot be saved. */
export class RoomLeft {
  readonly #element: HTMLElement;

  constructor(element: HTMLElement) {
    this.#element = element;
  }

  show(text: string, { isSaved, isRefused = false }: DraftState): void {
    const room = roomFor(text);
    const length = isRefused || room > NEAR ? '' : (tooLong(text) ?? `${characters(room)} left`);
    const sentences = [length, isSaved ? '' : NOT_SAVED].filter((sentence) => sentence !== '');
    this.#element.hidden = sentences.length === 0;
    this.#element.toggleAttribute('data-over', room < 0);
    this.#element.textContent = sentences.join(' ');
  }
}

/** Counting the characters of most texts is not needed: they have no more than UTF-16 units. */
const roomFor = (text: string): number =>
  text.length < LONGEST_MESSAGE - NEAR ? LONGEST_MESSAGE : LONGEST_MESSAGE - codePoints(text);

const characters = (count: number): string => `${NUMBER.format(count)} characters`;
