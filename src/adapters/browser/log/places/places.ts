import { isRecord } from '../../connection/wire-decoding.ts';
import { requestJson, sentenceOf } from '../../shell/api.ts';
import { part } from '../../shell/part.ts';
import { say } from '../../shell/say.ts';
import type { ChatLog } from '../chat-log.ts';
import { placeAt } from './place-address.ts';
import { ReturnButton } from './return-button.ts';

export interface PlacesOptions {
  readonly chatId: number;
  readonly log: ChatLog;
  /** Called when the address in the browser is that of another place. */
  readonly went: () => void;
}

/** Goes to messages of the chat. Of several requests to do so, the last one counts. */
export class Places {
  readonly #options: PlacesOptions;
  readonly #return: ReturnButton;

  constructor(options: PlacesOptions) {
    this.#options = options;
    this.#return = new ReturnButton(() => history.back());
    options.log.whenAtEnd(() => this.#return.hide());
  }

  /** Goes to a message, with an entry in the history. A button leads back to the row from which the reader comes. */
  go(position: number, { from }: { readonly from?: number } = {}): void {
    const here = from ?? this.#options.log.navigation.middle;
    this.#goTo(position, () => {
      const address = this.#addressOf(position);
      if (location.pathname !== address) {
        history.replaceState({ at: here }, '');
        history.pushState(null, '', address);
      }
      if (from === undefined) this.#return.hide();
      else this.#return.show();
    });
  }

  /** The browser has gone back or forward to another address of this page. */
  returned(): void {
    this.#return.hide();
    this.#options.went();
    const position = placedIn(history.state) ?? placeAt(location, this.#options.chatId);
    if (position === undefined) this.#options.log.navigation.toLatest();
    else this.#goTo(position, () => {});
  }

  goToDate(form: HTMLFormElement): void {
    const { chatId } = this.#options;
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const query = new URLSearchParams({ date: part(form, 'input', HTMLInputElement).value, zone });
    requestJson(`/chat/${chatId}/on?${query}`).then((message) => {
      if (isRecord(message) && typeof message.position === 'number') this.go(message.position);
      form.closest<HTMLElement>('[popover]')?.hidePopover();
    }, sayWhy);
  }

  #goTo(position: number, arrived: () => void): void {
    const { log, went } = this.#options;
    log.navigation.to(position).then((isThere) => {
      if (!isThere) return;
      arrived();
      went();
    }, sayWhy);
  }

  #addressOf(position: number): string {
    return `/chat/${this.#options.chatId}/at/${position}`;
  }
}

const sayWhy = (error: unknown): void => say(sentenceOf(error), 'alert');

/** The position that an entry of the history was left at. */
const placedIn = (state: unknown): number | undefined =>
  isRecord(state) && typeof state.at === 'number' ? state.at : undefined;
