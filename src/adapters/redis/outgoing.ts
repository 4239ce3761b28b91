import { encodeEnvelope } from './envelope.ts';
import type { BroadcastEvent } from './events.ts';
import type { RedisLink } from './link.ts';

/** Maximum publications under way, and their characters. Further ones are dropped: the others find those events in the store. */
const MAX_UNDER_WAY = 1_000;
const MAX_CHARACTERS = 16 * 1024 * 1024;

/** Publishes this instance's events to the others. Events of one topic that come in the same turn are sent together. */
export class Outgoing {
  readonly #link: RedisLink;
  readonly #ourselves: string;
  #pending = new Map<string, BroadcastEvent[]>();
  #underWay = 0;
  #characters = 0;

  constructor(link: RedisLink, ourselves: string) {
    this.#link = link;
    this.#ourselves = ourselves;
  }

  publish(channel: string, event: BroadcastEvent): void {
    if (!this.#link.isAnswering) return;
    if (this.#pending.size === 0) setImmediate(() => this.#flush());
    const events = this.#pending.get(channel);
    if (events) events.push(event);
    else this.#pending.set(channel, [event]);
  }

  #flush(): void {
    const pending = this.#pending;
    this.#pending = new Map();
    for (const [channel, events] of pending) this.#send(channel, encodeEnvelope(this.#ourselves, events));
  }

  #send(channel: string, envelope: string): void {
    if (this.#underWay >= MAX_UNDER_WAY || this.#characters + envelope.length > MAX_CHARACTERS) return;
    this.#underWay += 1;
    this.#characters += envelope.length;
    const done = () => {
      this.#underWay -= 1;
      this.#characters -= envelope.length;
    };
    this.#link.publish(channel, envelope).then(done, done);
  }
}
