/** Leads back to the end of the chat, and counts the messages that arrived since the reader left it. */
export class JumpButton {
  readonly #button: HTMLButtonElement;
  #arrived = 0;

  constructor(button: HTMLButtonElement, jump: () => void) {
    this.#button = button;
    button.addEventListener('click', jump);
  }

  count(): void {
    if (this.#button.hidden) return;
    this.#arrived += 1;
    this.#button.textContent = this.#arrived === 1 ? '1 new message' : `${this.#arrived} new messages`;
  }

  show(isAway: boolean): void {
    if (this.#button.hidden !== isAway) return;
    this.#button.hidden = !isAway;
    this.#arrived = 0;
    this.#button.textContent = 'Jump to latest';
  }
}
