import { MAX_FILES } from '../../../domain/files/file.ts';
import { clientIds } from '../composer/client-id.ts';
import { sendsMessage } from '../composer/enter-key.ts';
import { requestJson, sentenceOf } from '../shell/api.ts';
import { part } from '../shell/part.ts';
import { say } from '../shell/say.ts';
import { TrayRow } from './tray-row.ts';

const newClientId = clientIds(
  () => Date.now(),
  (bytes) => crypto.getRandomValues(bytes),
);
const coarsePointer = matchMedia('(pointer: coarse)');

/** The files above the box. They are sent with the text in it, as one message. */
export class FileTray {
  readonly #form: HTMLFormElement;
  readonly #box: HTMLTextAreaElement;
  readonly #list = document.createElement('ul');
  #rows: readonly TrayRow[] = [];
  #isSending = false;
  /** The same until the message is stored, so that it is stored once. */
  #clientId: string | undefined;

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#box = part(form, 'textarea', HTMLTextAreaElement);
    this.#list.className = 'file-tray';
    this.#list.role = 'list';
    this.#list.ariaLabel = 'Files to send';
    // Before the composer, which sends the text alone.
    form.addEventListener('submit', (event) => this.#take(event), { capture: true });
    form.addEventListener(
      'keydown',
      (event) => {
        const isSent = event.target === this.#box && sendsMessage(event, coarsePointer.matches ? 'coarse' : 'fine');
        if (isSent) this.#take(event);
      },
      { capture: true },
    );
  }

  add(files: readonly File[]): void {
    const room = MAX_FILES - this.#rows.length;
    if (files.length > room) say(`A message can have ${MAX_FILES} files.`, 'alert');
    const path = `${this.#form.getAttribute('action') ?? ''}`.replace(/messages$/, 'files');
    const added = files.slice(0, Math.max(0, room)).map(
      (file) =>
        new TrayRow(path, file, {
          removed: (row) => this.#remove(row),
          settled: () => this.#isSending && this.#send(),
        }),
    );
    this.#rows = [...this.#rows, ...added];
    this.#list.append(...added.map(({ element }) => element));
    if (this.#rows.length > 0) part(this.#form, '.composer-row', HTMLElement).before(this.#list);
    if (added.length > 0) this.#box.focus();
  }

  /** Sends what was cut off once more. Files that have arrived wait where they are. */
  resume(): void {
    for (const row of this.#rows) row.retryIfLost();
  }

  cancelAll(): void {
    for (const row of this.#rows) row.cancel();
    this.#clear();
  }

  #remove(row: TrayRow): void {
    this.#rows = this.#rows.filter((other) => other !== row);
    this.#clientId = undefined;
    if (this.#rows.length === 0) this.#clear();
    else if (this.#isSending) this.#send();
  }

  #clear(): void {
    this.#rows = [];
    this.#isSending = false;
    this.#clientId = undefined;
    this.#list.replaceChildren();
    this.#list.remove();
  }

  /** Takes the place of the composer, unless a stored text is being edited. */
  #take(event: Event): void {
    if (this.#rows.length === 0 || this.#form.querySelector('.edit-strip')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#isSending = true;
    for (const row of this.#rows) row.retryIfFailed();
    this.#send();
  }

  /** Sends the message once all files have arrived. */
  #send(): void {
    const ids = this.#rows.flatMap(({ id }) => id ?? []);
    if (this.#rows.some(({ isFailed }) => isFailed)) this.#isSending = false;
    if (!this.#isSending || ids.length < this.#rows.length) return;
    this.#isSending = false;
    this.#clientId ??= newClientId();
    const replyTo = this.#form.querySelector<HTMLInputElement>('[name="reply_to"]')?.value;
    const body = { text: this.#box.value, client_id: this.#clientId, files: ids, reply_to: Number(replyTo) || null };
    this.#describe()
      .then(() => requestJson(this.#form.action, json('POST', body)))
      .then(
        () => this.#sent(body.text),
        (error: unknown) => say(sentenceOf(error), 'alert'),
      );
  }

  /** Before the message is sent, so that it has the texts from its beginning. */
  async #describe(): Promise<void> {
    for (const { id, alt } of this.#rows) {
      if (id !== undefined && alt !== '') await requestJson(`/files/${id}/alt`, json('PUT', { alt }));
    }
  }

  #sent(text: string): void {
    this.#clear();
    this.#form.querySelector<HTMLElement>('[data-cancel-reply]')?.click();
    if (this.#box.value !== text) return;
    this.#box.value = '';
    this.#box.dispatchEvent(new Event('input'));
  }
}

const json = (method: string, body: object): RequestInit => ({
  method,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});
