/** Lets a box grow with its text, in browsers whose CSS cannot do it; answers what to call when the text was changed. */
export function autoGrow(box: HTMLTextAreaElement): () => void {
  if (CSS.supports('field-sizing', 'content')) return () => {};
  return () => {
    box.style.blockSize = 'auto';
    box.style.blockSize = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  };
}
