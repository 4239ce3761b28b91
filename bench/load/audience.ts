import { Crowd, type Listener } from './crowd.ts';
import { dialects } from './dialects.ts';
import { Histogram } from './histogram.ts';
import { Ledger } from './ledger.ts';
import { fourDigits, received, receivedView } from './read-buffer.ts';
import { Sender } from './sender.ts';
import type { FanoutTask } from './tasks.ts';
import { MARK, MAX_SENDERS, NUMBER_OFFSET, SENDER_OFFSET } from './text-marks.ts';
import type { WebSocketClient } from './web-socket-client.ts';

const MARK_BYTE = MARK.charCodeAt(0);
const DOT_BYTE = '.'.charCodeAt(0);

/** The followers of every chat, some of whom post. It accounts for every delivery to every one of them. */
export class Audience implements Listener {
  readonly crowd: Crowd;
  readonly ledgers: readonly Ledger[];
  readonly senders: Sender[] = [];
  readonly latencies = new Histogram();
  /** Of those, the ones at another instance than the one that was posted to. */
  readonly crossings = new Histogram();
  /** Posts sent from this moment on count in `latencies`. */
  measuredFrom = Number.POSITIVE_INFINITY;
  /** How many posts each sender keeps unacknowledged; at 0 it posts nothing of its own accord. */
  window = 0;
  deliveries = 0;
  readonly #task: FanoutTask;
  /** From a post's mark to the end of its frame: the same for all posts of one contender. */
  #markFromEnd = 0;
  #now = 0;
  #acknowledged: Sender | undefined;

  constructor(task: FanoutTask) {
    if (task.senders * task.target.chats.length > MAX_SENDERS) throw new Error('Too many senders');
    this.#task = task;
    this.crowd = new Crowd(task.target, task.followers, this);
    this.ledgers = task.target.chats.map(() => new Ledger(task));
  }

  async connect(): Promise<void> {
    await this.crowd.connect();
    const { target, followers, senders } = this.#task;
    for (const client of this.crowd.clients) {
      if (client.index % followers >= senders) continue;
      this.senders.push(new Sender(client, this.senders.length, dialects[target.dialect]));
    }
  }

  /** Closes the loop: every sender fills its window now, and again whenever its own posts come back. */
  keepInFlight(window: number): void {
    this.window = window;
    for (const sender of this.senders) this.#fill(sender, performance.now());
  }

  post(client: WebSocketClient, start: number, end: number): boolean {
    const mark = end - this.#markFromEnd;
    if (mark <= start || receivedView.getUint8(mark) !== MARK_BYTE || receivedView.getUint8(mark + 5) !== DOT_BYTE) {
      return this.#findMark(start, end) && this.post(client, start, end);
    }
    const sender = fourDigits(mark + SENDER_OFFSET);
    const number = fourDigits(mark + NUMBER_OFFSET) * 10_000 + fourDigits(mark + NUMBER_OFFSET + 4);
    this.#delivered(client.index, sender, number);
    return true;
  }

  readEnded(): void {
    const sender = this.#acknowledged;
    if (sender !== undefined && this.window > 0) this.#fill(sender, this.#now);
    this.#acknowledged = undefined;
    this.#now = 0;
  }

  #delivered(client: number, senderIndex: number, number: number): void {
    const { followers, senders } = this.#task;
    if (this.#now === 0) this.#now = performance.now();
    const chat = Math.floor(client / followers);
    const follower = client - chat * followers;
    const senderInChat = senderIndex - chat * senders;
    const sender = this.senders[senderIndex];
    const sentAt = sender?.sentAt(number);
    if (sender === undefined || sentAt === undefined || senderInChat < 0 || senderInChat >= senders) {
      throw new Error(`Socket ${client} received post ${number} of sender ${senderIndex}, who never sent it there`);
    }
    this.deliveries++;
    this.ledgers[chat]?.arrived(follower, senderInChat, number);
    if (sentAt >= this.measuredFrom) this.#record(this.#now - sentAt, sender.client, client);
    if (senderInChat === follower) {
      sender.acknowledged++;
      this.#acknowledged = sender;
    }
  }

  #record(latency: number, from: number, to: number): void {
    this.latencies.record(latency);
    const { instanceOf } = this.crowd;
    if (instanceOf(from) !== instanceOf(to)) this.crossings.record(latency);
  }

  #fill(sender: Sender, now: number): void {
    const room = this.window - (sender.sent - sender.acknowledged);
    if (room > 0) sender.post(room, now);
  }

  #findMark(start: number, end: number): boolean {
    const mark = received.subarray(start, end).indexOf(`"${MARK}`);
    if (mark < 0) return false;
    this.#markFromEnd = end - start - mark - 1;
    return received[start + mark + 1 + NUMBER_OFFSET - 1] === DOT_BYTE;
  }
}
