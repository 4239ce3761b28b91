import type { ChatEvent } from '../../domain/events.ts';
import type { Timer } from '../ports/timer.ts';
import { DebouncedRead } from './debounced-read.ts';
import type { SummaryWatchers } from './summary-watchers.ts';

/** Shortest time between two hints of one chat: an act can delete hundreds of messages. */
const BETWEEN_MS = 200;

/**
 * Tells what is no part of a summary: pictures, at once; and to the owner and the moderators of a chat that its queue of reports or its audit may
 * have changed. Reports, and acts that no member sees, have an event of their own; all other acts come with a notice or a deletion.
 */
export class LiveHints {
  readonly #oversight: DebouncedRead<void>;
  readonly #watchers: SummaryWatchers;

  constructor({ timer, watchers }: { readonly timer: Timer; readonly watchers: SummaryWatchers }) {
    this.#watchers = watchers;
    this.#oversight = new DebouncedRead({
      timer,
      betweenMs: BETWEEN_MS,
      read: () => Promise.resolve(),
      take: () => watchers.tellOversight(),
      failed: () => undefined,
    });
  }

  hear(event: ChatEvent): void {
    if (event.type === 'picture_set') this.#watchers.tellPicture(event);
    const mayBeAct = 'message' in event ? event.message.kind !== 'text' : event.type === 'oversight_changed';
    if (mayBeAct) this.#oversight.changed();
  }

  /** Events were lost. */
  missed(): void {
    this.#oversight.changed();
  }
}
