import type { ZodMiniType } from 'zod/mini';
import type { Unsubscribe } from '../../application/ports/broadcast.ts';
import type { EventsMissed } from '../../domain/events.ts';
import type { BrokenEnvelopes } from './broken-envelopes.ts';
import { decodeEnvelope } from './envelope.ts';
import type { BroadcastEvent } from './events.ts';
import type { RedisLink } from './link.ts';

/**
 * Time after which every listener is told again that it may have missed something: an instance can end between a commit and its
 * publication, and while Redis is away nothing is heard at all.
 */
const TELL_EVERY_MS = 3_000;
/** Channels told at a time, and the pause before the next ones: each of them reads the store. */
const TOLD_AT_ONCE = 500;
const PAUSE_MS = 100;

interface Held<Event> {
  count: number;
  /** Redis has confirmed the subscription; after a loss the client renews it by itself. */
  isOn: boolean;
  readonly hear: (event: Event | EventsMissed) => void;
}

interface Options<Event> {
  readonly link: RedisLink;
  /** The name under which this instance publishes. */
  readonly ourselves: string;
  /** What the channels carry. */
  readonly event: ZodMiniType<Event>;
  readonly broken: BrokenEnvelopes;
}

/** The channels that this instance listens to. */
export class Subscriptions<Event extends BroadcastEvent> {
  readonly #link: RedisLink;
  readonly #options: Options<Event>;
  readonly #held = new Map<string, Held<Event>>();
  /** Channels that are still to be told in this round. */
  #untold: string[] = [];
  /** Channels that are still to be let go of in Redis. */
  readonly #unwanted = new Set<string>();
  readonly #rounds: NodeJS.Timeout;
  #next: NodeJS.Timeout | undefined;

  constructor(options: Options<Event>) {
    this.#options = options;
    this.#link = options.link;
    this.#link.client.on('ready', this.#onReady);
    this.#rounds = setInterval(() => this.#tellAll(), TELL_EVERY_MS).unref();
  }

  /** Hears what others publish on the channel, until it is let go of; held several times, it is heard once. */
  hold(channel: string, hear: Held<Event>['hear']): Unsubscribe {
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

  #subscribe(channel: string, hear: Held<Event>['hear']): Held<Event> {
    const held = { count: 0, isOn: false, hear };
    this.#held.set(channel, held);
    this.#unwanted.delete(channel);
    this.#ask(channel, held);
    return held;
  }

  /** Where Redis does not answer, it is asked again in a later round. */
  #ask(channel: string, held: Held<Event>): void {
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
    const events = decodeEnvelope(message, this.#options);
    if (events === 'broken') this.#options.broken.add(channel);
    else for (const event of events) held.hear(event);
  };

  readonly #onReady = (): void => this.#tellAll();

  #tell(channel: string): void {
    this.#held.get(channel)?.hear({ type: 'events_missed' });
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
    if (this.#untold.length > 0) this.#next = setTimeout(() => this.#tellSome(), PAUSE_MS).unref();
  }
}
