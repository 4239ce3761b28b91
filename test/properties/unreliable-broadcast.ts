import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';

export type Fate = 'kept' | 'lost' | 'doubled' | 'late';

/** A broadcast that keeps what the port promises and no more: events are lost, doubled and late, as `fates` says. */
export class UnreliableBroadcast implements Broadcast {
  readonly #inner = makeMemoryBroadcast();
  readonly #fates: readonly Fate[];
  #late: (() => void)[] = [];
  #events = 0;
  isReliable = false;
  readonly subscribeToChat = this.#inner.subscribeToChat;
  readonly subscribeToUser = this.#inner.subscribeToUser;
  readonly publishToUser = this.#inner.publishToUser;
  readonly publishPresence = this.#inner.publishPresence;
  readonly subscribeToPresence = this.#inner.subscribeToPresence;

  constructor(fates: readonly Fate[]) {
    this.#fates = fates;
  }

  readonly publishToChat: Broadcast['publishToChat'] = (chatId, event) => {
    const publish = () => this.#inner.publishToChat(chatId, event);
    const fate = this.isReliable ? 'kept' : (this.#fates[this.#events++ % this.#fates.length] ?? 'kept');
    if (fate === 'late') {
      this.#late.push(publish);
      return;
    }
    if (fate !== 'lost') publish();
    if (fate === 'doubled') publish();
    const late = this.#late;
    this.#late = [];
    for (const publishLate of late) publishLate();
  };
}
