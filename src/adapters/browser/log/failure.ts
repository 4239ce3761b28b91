import { onDemand } from '../shell/on-demand.ts';
import type { FailureChoices } from './failed-post.ts';

const load = () => import('./failed-post.ts');
const choose = onDemand(load, (module) => module.choose);

/** Marks the row of a post that was not stored, and says why. The code for the words and buttons is loaded at the first failure. */
export function showFailure(row: HTMLElement, why: string): void {
  row.dataset.state = 'failed';
  load().then(({ failureElement }) => {
    if (row.dataset.state === 'failed') row.append(failureElement(why));
  }, console.error);
}

export function onFailureChoice(rows: HTMLElement, choices: FailureChoices): void {
  rows.addEventListener('click', ({ target }) => {
    const button = target instanceof Element ? target.closest('.failure button') : null;
    if (button) choose(button, choices);
  });
}
