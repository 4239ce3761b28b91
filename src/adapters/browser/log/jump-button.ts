/** The way back to the end, for a reader who is elsewhere; it counts what arrives there meanwhile. */
export class JumpButton {
  readonly #button: HTMLButtonElement;
  #arrived = 0;

  constructor(button: HTMLButtonElement, jump: () => void) {
    this.#button = button;
    button.addEventListener('click', jump);
  }

  /** One more has arrived. */
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
