import type { UserFrame } from '../../../wire/client-frames.ts';
import type { WireMessage } from '../../../wire/message.ts';
import { READY_WITHIN_MS } from '../backoff.ts';
import type { Refused } from '../close-codes.ts';
import { isTemporary, refusedBy } from '../refused.ts';
import { isRecord, isWireMessage } from '../wire-decoding.ts';
import type { Channel } from './channel.ts';
import { type CommandFrame, requestOf } from './command-requests.ts';
import { eventReader } from './event-reader.ts';

export interface HttpListener {
  /** A frame, as a WebSocket would have brought it. */
  data(frame: string): void;
  /** A sign of life that is not a frame. */
  heard(): void;
  /** The answer to a post or a change. Its message also comes as a frame, in its place. */
  stored(message: WireMessage): void;
  /** The last call. A number is the code with which the server would have closed a socket. */
  closed(why: number | Refused | undefined): void;
}

export interface HttpChannelOptions {
  readonly chatId: number;
  /** The revision up to which everything has been seen. */
  readonly after: number;
  readonly listener: HttpListener;
}

/** How long to wait before a request is repeated, where the answer does not say. */
const REPEAT_AFTER_S = 2;
const MAX_REPEAT_AFTER_S = 30;

/** Follows a chat where WebSockets cannot pass: frames come as server-sent events, posts go one by one as requests. */
export class HttpChannel implements Channel {
  readonly #options: HttpChannelOptions;
  readonly #closing = new AbortController();
  readonly #deadline: ReturnType<typeof setTimeout>;
  readonly #commands: CommandFrame[] = [];
  #isSending = false;

  constructor(options: HttpChannelOptions) {
    this.#options = options;
    this.#deadline = setTimeout(() => this.#end(undefined), READY_WITHIN_MS);
    this.#follow().then(
      (why) => this.#end(why),
      () => this.#end(undefined),
    );
  }

  send(frame: UserFrame): boolean {
    if (frame.type === 'read') return this.#markRead(frame);
    if (!('client_id' in frame)) return false;
    this.#commands.push(frame);
    this.#sendCommands().catch(() => this.#end(undefined));
    return true;
  }

  /** Nothing waits for the answer: the next move of the pointer makes up for one that is lost. */
  #markRead({ position, read_version }: Extract<UserFrame, { type: 'read' }>): true {
    const headers = { 'content-type': 'application/json' };
    this.#request('read', { method: 'PUT', headers, body: JSON.stringify({ position, read_version }) }).catch(() => {});
    return true;
  }

  close(): void {
    clearTimeout(this.#deadline);
    this.#closing.abort();
  }

  #end(why: number | Refused | undefined): void {
    if (this.#closing.signal.aborted) return;
    this.close();
    this.#options.listener.closed(why);
  }

  #request(path: string, init: RequestInit): Promise<Response> {
    const { signal } = this.#closing;
    return fetch(`/chat/${this.#options.chatId}/${path}`, { redirect: 'manual', cache: 'no-store', signal, ...init });
  }

  /** Resolves with the reason when the stream has ended. */
  async #follow(): Promise<number | Refused | undefined> {
    const { after, listener } = this.#options;
    const query = new URLSearchParams({ after: String(after), details: '1' });
    const response = await this.#request(`events?${query}`, { headers: { accept: 'text/event-stream' } });
    const refused = refusedBy(response);
    if (refused || !response.ok || !response.body) return refused;
    const read = eventReader(listener);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(this.#deadline);
      listener.heard();
      const code = read(part.value);
      if (code !== undefined) return code;
    }
    return undefined;
  }

  async #sendCommands(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    const { signal } = this.#closing;
    for (let next = this.#commands[0]; next && !signal.aborted; next = this.#commands[0]) await this.#sendOne(next);
    this.#isSending = false;
  }

  async #sendOne(frame: CommandFrame): Promise<void> {
    const { listener } = this.#options;
    const { path, method, body: sent } = requestOf(frame);
    const type = sent && { 'content-type': 'application/json' };
    const response = await this.#request(path, {
      method,
      headers: { ...type, accept: 'application/json' },
      ...(sent && { body: JSON.stringify(sent) }),
    });
    // A slow chat: the reader is told, and the posts to other chats go on.
    const body: unknown = await response.json().catch(() => undefined);
    const isTooEarly = isRecord(body) && body.code === 'slow_mode';
    if (isTemporary(response) && !isTooEarly) return pause(response);
    const refused = isTooEarly ? undefined : refusedBy(response);
    // A member may be forbidden to change this message. Whether they still are one, the stream tells.
    const isForbidden = refused === 'not-a-member' && frame.type !== 'post';
    if ((refused && !isForbidden) || response.status >= 500) return this.#end(refused);
    this.#commands.shift();
    if (response.ok && isWireMessage(body)) return listener.stored(body);
    // Reactions come as a frame.
    if (response.ok && frame.type === 'react') return;
    // A proxy may refuse a request with a page of its own, such as one that is too long for it. The posts behind it must go on.
    const refusal = isRecord(body) ? body : { code: 'bad_request', detail: notByServer(response) };
    listener.data(JSON.stringify({ ...refusal, type: 'refused', client_id: frame.client_id }));
  }
}

const notByServer = ({ status }: Response): string =>
  `Something between this page and the server refused this message (error ${status}).`;

function pause({ headers }: Response): Promise<void> {
  const seconds = Number(headers.get('retry-after')) || REPEAT_AFTER_S;
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds, MAX_REPEAT_AFTER_S) * 1000));
}
