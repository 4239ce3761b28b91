import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

const INSERTIONS: ReadonlySet<string> = new Set(['insertFromPaste', 'insertFromDrop']);

/**
 * Sets the value of the box when a text longer than any message is pasted. Browsers would insert it line by line, as an edit
 * that can be undone, and freeze for many seconds.
 */
export function takeLargePastes(box: HTMLTextAreaElement, write: (text: string, caret: number) => void): void {
  box.addEventListener('beforeinput', (event) => {
    const { data, inputType } = event;
    if (data === null || data.length <= LONGEST_MESSAGE || !INSERTIONS.has(inputType)) return;
    event.preventDefault();
    const { value, selectionStart, selectionEnd } = box;
    write(value.slice(0, selectionStart) + data + value.slice(selectionEnd), selectionStart + data.length);
  });
}
