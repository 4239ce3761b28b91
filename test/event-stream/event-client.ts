import { createParser } from './event-parser.ts';

/** A server-sent event, or a comment. */
export interface ReceivedEvent {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: unknown;
}

export interface StreamOptions {
  readonly url: string;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Follows a chat by `GET /chat/:id/events`, as `curl -N` would. */
export class EventClient {
  readonly response: Response;
  readonly #abort: AbortController;
  readonly #events: AsyncIterator<ReceivedEvent>;

  private constructor(response: Response, abort: AbortController) {
    this.response = response;
    this.#abort = abort;
    this.#events = createParser(response.body);
  }

  static async open({ url, cookie, headers }: StreamOptions): Promise<EventClient> {
    const abort = new AbortController();
    const all = { accept: 'text/event-stream', ...(cookie && { cookie }), ...headers };
    return new EventClient(await fetch(url, { headers: all, signal: abort.signal }), abort);
  }

  /** Undefined when the stream has ended. */
  async next(): Promise<ReceivedEvent | undefined> {
    const { done, value } = await this.#events.next();
    return done ? undefined : value;
  }

  async nextTexts(count: number): Promise<unknown[]> {
    const texts: unknown[] = [];
    while (texts.length < count) texts.push(textOf(await this.next()));
    return texts;
  }

  leave(): void {
    this.#abort.abort();
  }
}

function textOf(received: ReceivedEvent | undefined): unknown {
  if (received?.event !== 'message') return received?.event;
  return (received.data as { message: { text: string } }).message.text;
}
