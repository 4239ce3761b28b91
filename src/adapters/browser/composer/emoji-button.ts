import { onDemand } from '../shell/on-demand.ts';
import { part } from '../shell/part.ts';

/** Inserts an emoji at the caret of the box. It can be undone like typing. */
export function startEmojiButton(form: HTMLFormElement, userId: number): void {
  const button = part(form, '[data-insert-emoji]', HTMLButtonElement);
  const box = part(form, 'textarea', HTMLTextAreaElement);
  const insert = (emoji: string): void => {
    box.focus();
    document.execCommand('insertText', false, emoji);
  };
  const open = onDemand(
    () => import('../emoji/emoji-picker.ts'),
    ({ pickEmoji }) =>
      () =>
        pickEmoji({ userId, anchor: button, choose: insert }),
  );
  button.hidden = false;
  button.addEventListener('click', open);
}
