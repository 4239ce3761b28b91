import { clientFrame, putDigits } from './client-frames.ts';
import type { Dialect } from './dialects.ts';
import { NUMBER_DIGITS, NUMBER_WIDTH, SENDER_DIGITS, SENDER_WIDTH, TEXT } from './text-marks.ts';
import type { WebSocketClient } from './web-socket-client.ts';

/** Tells this run's client ids from those of another run on the same chat. */
const RUN = Date.now().toString(36);

/** One socket that posts. Its posts are one prepared frame in which only the number changes. */
export class Sender {
  sent = 0;
  acknowledged = 0;
  readonly #client: WebSocketClient;
  readonly #frame: Buffer;
  readonly #numbersAt: readonly number[];
  #sentAt = new Float64Array(1024);

  /** The index of the socket that it posts by. */
  get client(): number {
    return this.#client.index;
  }

  constructor(client: WebSocketClient, index: number, dialect: Dialect) {
    this.#client = client;
    const post = dialect.post(`${RUN}-${SENDER_DIGITS}-${NUMBER_DIGITS}`, TEXT);
    this.#frame = clientFrame(post.replaceAll(SENDER_DIGITS, String(index).padStart(SENDER_WIDTH, '0')));
    this.#numbersAt = placesOf(NUMBER_DIGITS, this.#frame);
  }

  /** Posts `count` messages in one write; `at` is when they were sent, or were due. */
  post(count: number, at: number): void {
    const length = this.#frame.length;
    const frames = Buffer.allocUnsafe(length * count);
    for (let index = 0; index < count; index++) {
      frames.set(this.#frame, index * length);
      for (const place of this.#numbersAt) {
        putDigits(frames, index * length + place, { value: this.sent, width: NUMBER_WIDTH });
      }
      this.#remember(at);
    }
    this.#client.send(frames);
  }

  /** When the post of that number was sent; undefined if it never was. */
  sentAt(number: number): number | undefined {
    return number < this.sent ? this.#sentAt[number] : undefined;
  }

  #remember(at: number): void {
    if (this.sent === this.#sentAt.length) {
      const longer = new Float64Array(this.sent * 2);
      longer.set(this.#sentAt);
      this.#sentAt = longer;
    }
    this.#sentAt[this.sent++] = at;
  }
}

function placesOf(digits: string, frame: Buffer): readonly number[] {
  const places: number[] = [];
  for (let at = frame.indexOf(digits); at >= 0; at = frame.indexOf(digits, at + 1)) places.push(at);
  return places;
}
