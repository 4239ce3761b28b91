import { part } from '../shell/part.ts';
import { FileTray } from './file-tray.ts';

const trays = new WeakMap<HTMLFormElement, FileTray>();

/**
 * Puts files into the tray above the box of a chat.
 * @param files undefined to let the reader pick some
 */
export function attach({
  form,
  signal,
  files,
}: {
  readonly form: HTMLFormElement;
  readonly signal: AbortSignal;
  readonly files: readonly File[] | undefined;
}): void {
  const tray = trays.get(form) ?? new FileTray(form);
  if (!trays.has(form)) {
    trays.set(form, tray);
    takeDrops(tray, { on: part(document, 'main', HTMLElement), signal });
    addEventListener('online', () => tray.resume(), { signal });
    signal.addEventListener('abort', () => tray.cancelAll());
  }
  if (files) tray.add(files);
  else pick(tray);
}

function pick(tray: FileTray): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.multiple = true;
  input.hidden = true;
  input.addEventListener('change', () => {
    input.remove();
    tray.add([...(input.files ?? [])]);
  });
  input.addEventListener('cancel', () => input.remove());
  // Safari may drop one that is in no document before anything is picked.
  document.body.append(input);
  input.click();
}

/** The whole page takes files: a drop beside the box would otherwise leave the page. */
function takeDrops(tray: FileTray, { on, signal }: { readonly on: HTMLElement; readonly signal: AbortSignal }): void {
  const overlay = document.createElement('p');
  overlay.className = 'drop-overlay';
  overlay.textContent = 'Drop files to send them to this chat';
  const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
  document.addEventListener(
    'dragover',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (!overlay.isConnected) on.append(overlay);
    },
    { signal },
  );
  // Behind the edge of the window there is no other element.
  document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget ?? overlay.remove(), { signal });
  signal.addEventListener('abort', () => overlay.remove());
  document.addEventListener(
    'drop',
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      overlay.remove();
      tray.add([...(event.dataTransfer?.files ?? [])]);
    },
    { signal },
  );
}
