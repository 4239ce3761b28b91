import { copyAndSay } from '../shell/copy.ts';
import { say } from '../shell/say.ts';

/** Does what a button in or under a message's text is for, or opens an image. */
export function useControl(button: Element): void {
  if (button instanceof HTMLAnchorElement) openImage(button);
  else if (button.matches('.code-copy')) copyCode(button);
  else toggleFold(button);
}

function openImage(link: HTMLAnchorElement): void {
  import('../files/lightbox.ts')
    .then(({ openLightbox }) => openLightbox(link))
    .catch(() => say('The image could not be opened. Check the connection, or load the page again.', 'alert'));
}

function toggleFold(button: Element): void {
  const isOpen = button.ariaExpanded === 'true';
  const { top } = button.getBoundingClientRect();
  button.ariaExpanded = String(!isOpen);
  button.closest('.message')?.classList.toggle('unfolded', !isOpen);
  button.textContent = isOpen ? 'Show more' : 'Show less';
  const log = button.closest('.log');
  if (!log) return;
  // A reader at the end goes on reading where the text was folded, and does not follow the end of the chat down.
  if (isOpen) log.scrollTop += button.getBoundingClientRect().top - top;
  else log.dispatchEvent(new Event('scroll'));
}

function copyCode(button: Element): void {
  const code = button.closest('.code')?.querySelector('code');
  if (!code || !(button instanceof HTMLElement)) return;
  void copyAndSay(button, { text: code.textContent, select: () => getSelection()?.selectAllChildren(code) });
}
