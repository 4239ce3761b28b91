import { MAX_ALT_LENGTH } from '../../../domain/files/alt-text.ts';
import { sizeName } from '../../wire/shown-file.ts';
import { type UploadState, upload } from './upload.ts';

interface Listener {
  removed(row: TrayRow): void;
  /** The file has arrived, or it has failed. */
  settled(): void;
}

/** A file on its way: its name and size, how far it has come, and how to cancel it. */
export class TrayRow {
  readonly element = document.createElement('li');
  readonly #path: string;
  readonly #file: File;
  readonly #listener: Listener;
  readonly #progress = document.createElement('progress');
  readonly #state = document.createElement('small');
  /** What an image shows; other files have none. */
  readonly #alt: HTMLInputElement | undefined;
  #cancel = () => {};
  #upload: UploadState = { kind: 'sending', share: 0 };

  constructor(path: string, file: File, listener: Listener) {
    this.#path = path;
    this.#file = file;
    this.#listener = listener;
    const name = document.createElement('bdi');
    name.className = 'file-name';
    name.textContent = file.name;
    const remove = document.createElement('button');
    remove.type = 'button';
    remove.className = 'button small quiet';
    remove.textContent = 'Remove';
    remove.ariaLabel = `Remove ${file.name}`;
    remove.addEventListener('click', () => this.#remove());
    this.#progress.ariaLabel = `Sending ${file.name}`;
    this.#state.role = 'status';
    this.#alt = file.type.startsWith('image/') ? altField(file.name) : undefined;
    this.element.append(name, this.#state, this.#progress, remove, ...(this.#alt ? [this.#alt] : []));
    this.#start();
  }

  /** Undefined until the file has arrived. */
  get id(): number | undefined {
    return this.#upload.kind === 'done' ? this.#upload.id : undefined;
  }

  /** Empty where nobody wrote what the image shows. */
  get alt(): string {
    return this.#alt?.value.trim() ?? '';
  }

  get isFailed(): boolean {
    return this.#upload.kind === 'failed';
  }

  cancel(): void {
    this.#cancel();
  }

  retryIfFailed(): void {
    if (this.isFailed) this.#start();
  }

  /** Once there is a connection again. */
  retryIfLost(): void {
    if (this.#upload.kind === 'failed' && this.#upload.isLost) this.#start();
  }

  #start(): void {
    this.#show({ kind: 'sending', share: 0 });
    this.#cancel = upload(this.#path, this.#file, (state) => {
      this.#show(state);
      if (state.kind !== 'sending') this.#listener.settled();
    });
  }

  #show(state: UploadState): void {
    this.#upload = state;
    this.#progress.hidden = state.kind !== 'sending';
    if (state.kind === 'sending') this.#progress.value = state.share;
    this.#state.textContent = state.kind === 'failed' ? `${state.why} Send again to retry.` : sizeName(this.#file.size);
  }

  #remove(): void {
    this.#cancel();
    this.element.remove();
    this.#listener.removed(this);
  }
}

function altField(name: string): HTMLInputElement {
  const field = document.createElement('input');
  field.className = 'input file-alt';
  field.maxLength = MAX_ALT_LENGTH;
  field.dir = 'auto';
  field.autocomplete = 'off';
  field.placeholder = 'What it shows, for people who cannot see it';
  field.ariaLabel = `What ${name} shows, optional`;
  return field;
}
