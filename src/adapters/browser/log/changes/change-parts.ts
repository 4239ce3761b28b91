import type { PendingChange } from './pending-changes.ts';

/** Brings a deleted message back. */
export function undoButton({ isBusy, undo }: { readonly isBusy: boolean; readonly undo: () => void }): HTMLElement {
  const button = buttonWith('Undo', undo);
  button.ariaBusy = isBusy ? 'true' : null;
  button.disabled = isBusy;
  return button;
}

/** Says under a message that its change was refused. */
export function failureNotice(change: PendingChange, compare: () => void): HTMLElement {
  const notice = document.createElement('div');
  notice.className = 'failure';
  const why = document.createElement('p');
  why.className = 'failure-why';
  why.textContent = `Your edit was not saved. ${change.failure?.why ?? ''}`;
  notice.append(why, buttonWith('Compare', compare));
  return notice;
}

function buttonWith(words: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.className = 'button small';
  button.type = 'button';
  button.textContent = words;
  button.addEventListener('click', act);
  return button;
}
