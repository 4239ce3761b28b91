import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

/** Makes a box grow with its text where CSS cannot; returns a function to call after each change of the text. */
export function autoGrow(box: HTMLTextAreaElement): () => void {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    // A text of that length fills the box in any case, and is slow to measure.
    if (box.textLength > LONGEST_MESSAGE) {
      box.style.blockSize = '100dvh';
      return;
    }
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
}
