import type { UserFrame } from '../../wire/client-frames.ts';
import type { ReceivedFrame } from '../connection/wire-decoding.ts';
import { people, peopleChanges } from './people.ts';

/** Time without input after which the reader is idle. */
const IDLE_AFTER_MS = 300_000;
/** Age from which the lease is renewed. A frame comes from the server every 25 s at least, so that this is within its 60 s. */
const RENEWED_AFTER_MS = 15_000;

let use = (): void => {};

/** To be called when the reader did something on the page. */
export const noteInput = (): void => use();

/**
 * Tells the server whether the reader uses this page, and notes who else is connected. It has no timer: browsers slow those of hidden
 * pages down to once a minute, but not what comes from the server.
 */
export class Presence {
  readonly #send: (frame: UserFrame) => boolean;
  #usedAt = performance.now();
  #told: 'active' | 'idle' | undefined;
  #toldAt = 0;

  constructor(send: (frame: UserFrame) => boolean) {
    this.#send = send;
    use = () => this.#use();
  }

  /** To be called when there is a new connection. */
  begin(): void {
    this.#told = undefined;
    this.#renew();
  }

  /** Takes every frame of the connection. */
  hear(frame: ReceivedFrame): void {
    if (frame.type === 'presence') {
      people.set(frame.user.id, frame);
      changed();
    } else if (frame.type === 'hello' && people.size > 0) {
      people.clear();
      changed();
    }
    this.#renew();
  }

  #renew(): void {
    const state = performance.now() - this.#usedAt < IDLE_AFTER_MS ? 'active' : 'idle';
    if (state !== this.#told || performance.now() - this.#toldAt > RENEWED_AFTER_MS) this.#tell(state);
  }

  #use(): void {
    this.#usedAt = performance.now();
    if (this.#told === 'idle') this.#tell('active');
  }

  #tell(state: 'active' | 'idle'): void {
    if (!this.#send({ type: 'presence', state })) return;
    this.#told = state;
    this.#toldAt = performance.now();
  }
}

function changed(): void {
  peopleChanges.dispatchEvent(new Event('change'));
  // Where the script cannot be loaded, the list shows nobody as connected.
  import('./list-presence.ts').then(({ showPresenceInList }) => showPresenceInList()).catch(() => undefined);
}
