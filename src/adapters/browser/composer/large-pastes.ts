import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

const INSERTIONS: ReadonlySet<string> = new Set(['insertFromPaste', 'insertFromDrop']);

/**
 * Puts a text that is longer than any message into the box at once. Browsers insert it as an edit that can be undone, line
 * by line, and stand still for many seconds; setting the text takes a fraction of one.
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
