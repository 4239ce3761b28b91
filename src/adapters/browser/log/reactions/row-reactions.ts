import type { UserFrame } from '../../../wire/client-frames.ts';
import type { ReactionsFrame } from '../../../wire/frames.ts';
import { say } from '../../shell/say.ts';
import { revisionOf } from '../row-facts.ts';
import { chipIn, isOwn, showOwn, showReactions } from './chips.ts';

export interface RowReactionsOptions {
  readonly chatId: number;
  readonly viewer: { readonly id: number };
  readonly rows: HTMLElement;
  /** Makes a change that resizes rows. */
  readonly hold: (change: () => void) => void;
  readonly newClientId: () => string;
  /** Returns false when the frame cannot be sent now. */
  readonly send: (frame: UserFrame) => boolean;
}

/** What the reader wants of one of their own reactions, until the server has said that it is so. */
interface Wish {
  readonly position: number;
  readonly emoji: string;
  readonly on: boolean;
  readonly clientId: string;
  /** What the server said last. */
  was: boolean;
}

/**
 * The reactions under messages. The reader's own are shown at once, as the state that the reader wants and not as a change of it, so
 * that sending it again is harmless. Without a connection they wait for the next one.
 */
export class RowReactions {
  readonly #options: RowReactionsOptions;
  /** By position and emoji. */
  readonly #wishes = new Map<string, Wish>();
  /** Why nothing more can be sent. */
  #closed: string | undefined;

  constructor(options: RowReactionsOptions) {
    this.#options = options;
    options.rows.addEventListener('click', (event) => this.#click(event));
  }

  /**
   * What the server said of a message, in order: each state counts, also one that another state has replaced before it was shown. The
   * reader may want something else elsewhere at the same time.
   */
  hear({ position, reactions }: Pick<ReactionsFrame, 'position' | 'reactions'>): void {
    for (const [key, { emoji, on, position: of }] of this.#wishes) {
      if (of !== position) continue;
      const tally = reactions.find((one) => one.emoji === emoji);
      const isNamed = tally?.users.some(({ id }) => id === this.#options.viewer.id) ?? false;
      const isUnknown = !isNamed && tally !== undefined && tally.count > tally.users.length;
      if (isUnknown || isNamed === on) this.#wishes.delete(key);
    }
  }

  /** Shows what the server said. The caller holds the rows. */
  show(frames: readonly ReactionsFrame[]): void {
    for (const frame of frames) {
      const row = this.#rowAt(frame.position);
      if (!row || revisionOf(row) > frame.revision) continue;
      row.dataset.revision = String(frame.revision);
      showReactions(row, frame, this.#options.viewer.id);
    }
    this.renew();
  }

  /** Must be called after rows were shown again: what the reader wants is shown over what the server said. */
  renew(): void {
    for (const wish of this.#wishes.values()) {
      const row = this.#rowAt(wish.position);
      const chip = row && chipIn(row, wish.emoji);
      if (!row || chip?.dataset.wished === wish.clientId) continue;
      // The chip is as the server said, and the wish is not over it.
      wish.was = isOwn(chip);
      this.#showWish(row, wish);
    }
  }

  isOwn(position: number, emoji: string): boolean {
    const row = this.#rowAt(position);
    return row !== undefined && isOwn(chipIn(row, emoji));
  }

  set({ position, emoji, on }: { readonly position: number; readonly emoji: string; readonly on: boolean }): void {
    const row = this.#rowAt(position);
    if (!row) return;
    if (this.#closed !== undefined) {
      say(this.#closed);
      return;
    }
    const key = `${position} ${emoji}`;
    const was = this.#wishes.get(key)?.was ?? isOwn(chipIn(row, emoji));
    const wish = { position, emoji, on, clientId: this.#options.newClientId(), was };
    this.#wishes.set(key, wish);
    this.#options.hold(() => this.#showWish(row, wish));
    this.#send(wish);
  }

  /** Must be called after each reconnection. */
  sendAll(): void {
    for (const wish of this.#wishes.values()) this.#send(wish);
  }

  /** Puts back what was refused, and says why. */
  refuse(clientId: string, why: string): void {
    for (const [key, wish] of this.#wishes) {
      if (wish.clientId !== clientId) continue;
      this.#putBack(key, wish);
      say(why);
    }
  }

  /** Sends nothing more. */
  close(why: string): void {
    this.#closed = why;
    for (const [key, wish] of this.#wishes) this.#putBack(key, wish);
  }

  #click(event: Event): void {
    const chip = event.target instanceof Element ? event.target.closest<HTMLButtonElement>('.reaction') : null;
    const row = chip?.closest<HTMLElement>('article');
    if (!chip || !row) return;
    event.preventDefault();
    this.set({ position: Number(row.dataset.position), emoji: chip.value, on: !isOwn(chip) });
  }

  #send({ position, emoji, on, clientId }: Wish): void {
    const { chatId, send } = this.#options;
    send({ type: 'react', chat_id: chatId, client_id: clientId, position, emoji, on });
  }

  #showWish(row: HTMLElement, { position, emoji, on, clientId }: Wish): void {
    showOwn(row, { chat_id: this.#options.chatId, position, emoji, on });
    const chip = chipIn(row, emoji);
    if (chip) chip.dataset.wished = clientId;
  }

  #putBack(key: string, wish: Wish): void {
    this.#wishes.delete(key);
    const row = this.#rowAt(wish.position);
    if (!row) return;
    this.#options.hold(() => {
      this.#showWish(row, { ...wish, on: wish.was });
      delete chipIn(row, wish.emoji)?.dataset.wished;
    });
  }

  #rowAt(position: number): HTMLElement | undefined {
    const row = this.#options.rows.querySelector<HTMLElement>(`article[data-position="${position}"]`);
    return row?.matches('.notice, .deleted') ? undefined : (row ?? undefined);
  }
}
