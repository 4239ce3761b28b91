import { say } from '../../shell/say.ts';

/** Copies the text, and says whether that succeeded. */
export async function copyToClipboard(text: string, success: string): Promise<void> {
  const isCopied = await write(text);
  say(isCopied ? success : 'This could not be copied. Select the text and copy it.');
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyFromField(text);
  }
}

/** Plain-HTTP sites, such as one in a home network, have no `navigator.clipboard`: there a selection is copied. */
function copyFromField(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.className = 'visually-hidden';
  field.value = text;
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  return isCopied;
}
