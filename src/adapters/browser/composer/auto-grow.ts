import { LONGEST_MESSAGE } from '../../../domain/messages/message-body.ts';

/** Lets a box grow with its text, in browsers whose CSS cannot do it; answers what to call when the text was changed. */
export function autoGrow(box: HTMLTextAreaElement): () => void {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    // Such a text fills the box anyway, and takes long to be measured.
    if (box.textLength > LONGEST_MESSAGE) {
      box.style.blockSize = '100dvh';
      return;
    }
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
}
