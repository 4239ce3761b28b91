const SHOWN_FOR_MS = 8_000;

/**
 * Says something for a moment at the top of the page, and to assistive technology, in place of what was said before.
 * @param kind `alert` for what the reader must know at once
 */
export function say(words: string, kind: 'status' | 'alert' = 'status'): void {
  const notice = document.createElement('p');
  notice.className = 'said';
  notice.role = kind;
  document.querySelector('.said')?.remove();
  document.body.append(notice);
  // A region that is added together with its words is announced only if it is an alert.
  if (kind === 'alert') notice.textContent = words;
  else
    requestAnimationFrame(() => {
      notice.textContent = words;
    });
  setTimeout(() => notice.remove(), SHOWN_FOR_MS);
}
