import type { ChatEvent } from '../../domain/events.ts';
import { NO_SIGNALS, type Typing, tellTyping, withoutTyping, withTyping } from '../../domain/typing/typing.ts';
import type { Timer } from '../ports/timer.ts';
import type { Names } from './feed-deps.ts';

interface LiveTypingDeps {
  readonly timer: Timer;
  readonly names: Pick<Names, 'of'>;
  readonly tell: (typing: Typing) => void;
}

/** Tells the followers of a chat who is writing: at once where few are, and at a limited rate where many are. */
export class LiveTyping {
  readonly #deps: LiveTypingDeps;
  #signals = NO_SIGNALS;
  /** The timer will call. */
  #isDue = false;

  constructor(deps: LiveTypingDeps) {
    this.#deps = deps;
  }

  hear(event: ChatEvent): void {
    if (event.type === 'typing') {
      this.#signals = withTyping(this.#signals, event, this.#deps.timer.elapsed());
      if (!this.#isDue) this.#tell();
      return;
    }
    if (this.#signals.untold.length === 0) return;
    if (event.type === 'message_posted') this.#signals = withoutTyping(this.#signals, event.message.author.id);
    else if (event.type === 'member_left') this.#signals = withoutTyping(this.#signals, event.userId);
  }

  #tell(): void {
    const { timer, names, tell } = this.#deps;
    const now = timer.elapsed();
    const { due, signals, nextAt } = tellTyping(this.#signals, now);
    this.#signals = signals;
    for (const typing of due) {
      const user = names.of(typing.user);
      tell(user === typing.user ? typing : { ...typing, user });
    }
    this.#isDue = nextAt !== undefined;
    if (nextAt === undefined) return;
    timer.after(nextAt - now, () => this.#tell());
  }
}
