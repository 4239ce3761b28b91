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
    this.element.append(name, this.#state, this.#progress, remove);
    this.#start();
  }

  /** Undefined until the file has arrived. */
  get id(): number | undefined {
    return this.#upload.kind === 'done' ? this.#upload.id : undefined;
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
