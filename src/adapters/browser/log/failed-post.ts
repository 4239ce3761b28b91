import failedPostTemplate from '../../../../templates/partials/failed-post.eta';
import { onDemand } from '../shell/on-demand.ts';
import { part } from '../shell/part.ts';
import { asset } from '../templates/asset.ts';
import { elementOf } from '../templates/message-html.ts';

/** Says under a post why it was not stored, and offers to send, to delete or to copy it. */
export const failureElement = (why: string): HTMLElement => elementOf(failedPostTemplate({ why, asset }));

export interface FailureChoices {
  retry(clientId: string): void;
  discard(clientId: string): void;
  textOf(clientId: string): string | undefined;
}

const copy = onDemand(
  () => import('../shell/copy.ts'),
  ({ copyAndSay }) => copyAndSay,
);

/** Does what the reader chose by one of the buttons. */
export function choose(button: Element, choices: FailureChoices): void {
  const row = button.closest<HTMLElement>('[data-client-id]');
  const clientId = row?.dataset.clientId;
  if (!row || clientId === undefined) return;
  if (button.matches('[data-retry]')) choices.retry(clientId);
  else if (button.matches('[data-delete]')) choices.discard(clientId);
  else if (button instanceof HTMLElement)
    copy(button, { text: choices.textOf(clientId) ?? '', select: () => selectText(row) });
}

const selectText = (row: HTMLElement): void =>
  getSelection()?.selectAllChildren(part(row, '.message-text', HTMLElement));
