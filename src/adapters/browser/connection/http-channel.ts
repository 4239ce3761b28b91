import type { ClientFrame, PostFrame } from '../../wire/client-frames.ts';
import type { WireMessage } from '../../wire/message.ts';
import { READY_WITHIN_MS } from './backoff.ts';
import type { Refused } from './close-codes.ts';
import { eventReader } from './event-reader.ts';
import { refusedBy } from './refused.ts';
import { isRecord, isWireMessage } from './wire-decoding.ts';

export interface ChannelListener {
  /** A frame, as a WebSocket would have brought it. */
  data(frame: string): void;
  /** A sign of life that is no frame. */
  heard(): void;
  /** The answer to a post, which also comes as a frame, in its place. */
  stored(message: WireMessage): void;
  /** The last call. A number is the code with which the server would have closed a socket. */
  closed(why: number | Refused | undefined): void;
}

export interface Channel {
  /** False when this frame cannot be sent this way. */
  send(frame: ClientFrame): boolean;
  /** Without a word to the listener. */
  close(): void;
}

/** What the server and the network may be asked again after, where they do not say when. */
const AGAIN_AFTER_S = 2;
const MAX_AGAIN_AFTER_S = 30;

/** Follows a chat where WebSockets cannot pass: frames come as server-sent events, posts go one by one as requests. */
export function openHttpChannel({
  chatId,
  after,
  listener,
}: {
  readonly chatId: number;
  readonly after: number;
  readonly listener: ChannelListener;
}): Channel {
  const leaving = new AbortController();
  const waiting: PostFrame[] = [];
  let isPosting = false;

  const close = (why: number | Refused | undefined) => {
    if (leaving.signal.aborted) return;
    leaving.abort();
    listener.closed(why);
  };
  const request = (path: string, init: RequestInit) =>
    fetch(`/chat/${chatId}/${path}`, { redirect: 'manual', cache: 'no-store', signal: leaving.signal, ...init });

  const follow = async (): Promise<number | Refused | undefined> => {
    const query = new URLSearchParams({ after: String(after), details: '1' });
    const response = await request(`events?${query}`, { headers: { accept: 'text/event-stream' } });
    const refused = refusedBy(response);
    if (refused || !response.ok || !response.body) return refused;
    const read = eventReader(listener);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      clearTimeout(tooLong);
      listener.heard();
      const code = read(part.value);
      if (code !== undefined) return code;
    }
    return undefined;
  };

  const post = async (frame: PostFrame): Promise<void> => {
    const { text, client_id } = frame;
    const response = await request('messages', {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ text, client_id }),
    });
    const refused = refusedBy(response);
    if (refused === 'turned-away' || response.status === 503) return wait(response);
    if (refused || response.status >= 500) return close(refused);
    waiting.shift();
    const body: unknown = await response.json();
    if (response.ok && isWireMessage(body)) listener.stored(body);
    else if (isRecord(body)) listener.data(JSON.stringify({ ...body, type: 'refused', client_id }));
  };

  const work = async (): Promise<void> => {
    if (isPosting) return;
    isPosting = true;
    for (let next = waiting[0]; next && !leaving.signal.aborted; next = waiting[0]) await post(next);
    isPosting = false;
  };

  const failed = () => close(undefined);
  const tooLong = setTimeout(failed, READY_WITHIN_MS);
  follow().then(close, failed);
  return {
    send(frame) {
      if (frame.type !== 'post') return false;
      waiting.push(frame);
      work().catch(failed);
      return true;
    },
    close() {
      clearTimeout(tooLong);
      leaving.abort();
    },
  };
}

function wait({ headers }: Response): Promise<void> {
  const seconds = Number(headers.get('retry-after')) || AGAIN_AFTER_S;
  return new Promise((resolve) => setTimeout(resolve, Math.min(seconds, MAX_AGAIN_AFTER_S) * 1000));
}
