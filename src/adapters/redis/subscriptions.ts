import type { Unsubscribe } from '../../application/ports/broadcast.ts';
import type { ChatEvent, UserEvent } from '../../domain/events.ts';
import { decodeEnvelope } from './envelope.ts';
import type { RedisLink } from './link.ts';

/**
 * So often whoever listens is told that it may have missed something: an instance can end between a commit and its
 * publication, and while Redis is away nothing is heard at all.
 */
const TELL_EVERY_MS = 3_000;
/** So many at a time, and after a moment the next: all of them read the store. */
const TOLD_AT_ONCE = 500;
const MOMENT_MS = 100;

interface Held<E> {
  count: number;
  /** Redis has said that it sends us what is published; from then on the client asks again by itself after a loss. */
  isOn: boolean;
  readonly hear: (event: E) => void;
}

/** The channels that somebody in this instance listens to. */
export class Subscriptions<E extends ChatEvent | UserEvent> {
  readonly #link: RedisLink;
  readonly #ourselves: string;
  readonly #held = new Map<string, Held<E>>();
  /** Those who are still to be told in this round. */
  #untold: string[] = [];
  /** Channels that are still to be let go of in Redis. */
  readonly #unwanted = new Set<string>();
  readonly #rounds: NodeJS.Timeout;
  #next: NodeJS.Timeout | undefined;

  constructor(link: RedisLink, ourselves: string) {
    this.#link = link;
    this.#ourselves = ourselves;
    link.client.on('ready', this.#onReady);
    this.#rounds = setInterval(() => this.#tellAll(), TELL_EVERY_MS).unref();
  }

  /** Hears what others publish on the channel, until it is let go of; held several times, it is heard once. */
  hold(channel: string, hear: (event: E) => void): Unsubscribe {
    const held = this.#held.get(channel) ?? this.#subscribe(channel, hear);
    held.count += 1;
    return () => {
      held.count -= 1;
      if (held.count === 0) this.#unsubscribe(channel);
    };
  }

  close(): void {
    this.#link.client.off('ready', this.#onReady);
    clearInterval(this.#rounds);
    clearTimeout(this.#next);
  }

  #subscribe(channel: string, hear: (event: E) => void): Held<E> {
    const held = { count: 0, isOn: false, hear };
    this.#held.set(channel, held);
    this.#unwanted.delete(channel);
    this.#ask(channel, held);
    return held;
  }

  /** Where Redis does not answer, it is asked again in a later round. */
  #ask(channel: string, held: Held<E>): void {
    if (!this.#link.isAnswering) return;
    this.#link.client.subscribe(channel, this.#onMessage).then(
      () => {
        held.isOn = true;
        // What was published until now was not heard here.
        this.#tell(channel);
      },
      () => undefined,
    );
  }

  #unsubscribe(channel: string): void {
    this.#held.delete(channel);
    this.#unwanted.add(channel);
    this.#letGo();
  }

  #letGo(): void {
    if (!this.#link.isAnswering) return;
    for (const channel of this.#unwanted) {
      this.#unwanted.delete(channel);
      this.#link.client.unsubscribe(channel, this.#onMessage).catch(() => undefined);
    }
  }

  readonly #onMessage = (message: string, channel: string): void => {
    const held = this.#held.get(channel);
    if (!held) return;
    for (const event of decodeEnvelope<E>(message, this.#ourselves)) held.hear(event);
  };

  readonly #onReady = (): void => this.#tellAll();

  #tell(channel: string): void {
    this.#held.get(channel)?.hear({ type: 'events_missed' } as E);
  }

  /** A round that is not over goes on as it is: otherwise the last would never be told. */
  #tellAll(): void {
    for (const [channel, held] of this.#held) if (!held.isOn) this.#ask(channel, held);
    this.#letGo();
    if (this.#untold.length > 0) return;
    this.#untold = [...this.#held.keys()];
    this.#tellSome();
  }

  #tellSome(): void {
    for (const channel of this.#untold.splice(0, TOLD_AT_ONCE)) this.#tell(channel);
    if (this.#untold.length > 0) this.#next = setTimeout(() => this.#tellSome(), MOMENT_MS).unref();
  }
}
