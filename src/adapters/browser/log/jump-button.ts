/** Leads to the end of the chat when that is out of sight, and counts the messages that arrived since the reader stopped to follow it. */
export class JumpButton {
  readonly #button: HTMLButtonElement;
  #isAway = false;
  #arrived = 0;

  constructor(button: HTMLButtonElement, jump: () => void) {
    this.#button = button;
    button.addEventListener('click', jump);
  }

  count(): void {
    if (!this.#isAway) return;
    this.#arrived += 1;
    this.#button.textContent = this.#arrived === 1 ? '1 new message' : `${this.#arrived} new messages`;
  }

  show({ isFollowing, isEndInSight }: { readonly isFollowing: boolean; readonly isEndInSight: boolean }): void {
    // An attribute that is set to the value it has is still work for the browser.
    if (this.#button.hidden !== isEndInSight) this.#button.hidden = isEndInSight;
    if (this.#isAway !== isFollowing) return;
    this.#isAway = !isFollowing;
    this.#arrived = 0;
    this.#button.textContent = 'Jump to latest';
  }
}
