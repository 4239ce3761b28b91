import reactionsTemplate from '../../../../../templates/partials/reactions.eta';
import type { ReactionsFrame } from '../../../wire/frames.ts';
import { type ReactionChip, reactionChips } from '../../../wire/reaction-chips.ts';
import { part } from '../../shell/part.ts';
import { elementOf } from '../../templates/message-html.ts';

type Place = Pick<ReactionsFrame, 'chat_id' | 'position'>;

/** Shows these reactions in the row of their message, in place of those that it shows. The focus stays at its emoji. */
export function showReactions(
  row: HTMLElement,
  { reactions, ...at }: Omit<ReactionsFrame, 'type'>,
  viewerId: number,
): void {
  const shown = row.querySelector('.reactions');
  if (reactions.length === 0) {
    shown?.remove();
    return;
  }
  const chips = reactionChips(reactions, viewerId, (emoji) => isOwn(chipIn(row, emoji)));
  const focused = shown?.querySelector<HTMLButtonElement>(':focus')?.value;
  const now = reactionsElement(at, chips);
  if (shown) shown.replaceWith(now);
  else part(row, '.bubble', HTMLElement).after(now);
  if (focused !== undefined) chipIn(row, focused)?.focus({ preventScroll: true });
}

/** The chip of an emoji in a row, if there is one. */
export const chipIn = (row: HTMLElement, emoji: string): HTMLButtonElement | undefined =>
  [...row.querySelectorAll<HTMLButtonElement>('.reaction')].find(({ value }) => value === emoji);

export const isOwn = (chip: HTMLButtonElement | undefined): boolean => chip?.ariaPressed === 'true';

/** Shows the reader's own reaction as set or taken back, before the server has said so. */
export function showOwn(
  row: HTMLElement,
  { emoji, on, ...at }: Place & { readonly emoji: string; readonly on: boolean },
): void {
  const chip = chipIn(row, emoji) ?? addChip(row, { at, emoji });
  if (isOwn(chip) === on) return;
  const count = part(chip, '.reaction-count', HTMLElement);
  const names = part(chip, '.reaction-names', HTMLElement);
  const now = Number(count.textContent) + (on ? 1 : -1);
  chip.ariaPressed = String(on);
  chip.name = on ? 'off' : 'on';
  chip.hidden = now === 0;
  count.textContent = String(now);
  const others = (names.textContent ?? '').replace(/^You(, | and )?/, '');
  names.textContent = on && others !== '' ? `You, ${others}` : on ? 'You' : others;
}

function addChip(row: HTMLElement, { at, emoji }: { readonly at: Place; readonly emoji: string }): HTMLButtonElement {
  const made = reactionsElement(at, [{ emoji, count: 0, own: false, names: '' }]);
  const chip = part(made, '.reaction', HTMLButtonElement);
  const group = row.querySelector('.reaction-chips');
  if (group) group.append(chip);
  else part(row, '.bubble', HTMLElement).after(made);
  return chip;
}

const reactionsElement = (at: Place, chips: readonly ReactionChip[]): HTMLElement =>
  elementOf(reactionsTemplate({ at, chips }));
