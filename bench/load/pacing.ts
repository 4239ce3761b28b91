import type { Sender } from './sender.ts';

/** Closer to the next post than this, the generator watches the clock: a timer would be up to a millisecond late. */
const WATCH_MS = 2;

/**
 * Posts `perSecond` messages, evenly spaced, the senders in turn; answers how to stop. A post is stamped with the time
 * at which it was due, so that a server which makes the generator late is charged for it.
 */
export function pace(senders: readonly Sender[], perSecond: number): () => void {
  const start = performance.now();
  let posted = 0;
  let stopped = false;
  const due = () => start + (posted * 1000) / perSecond;

  function turn(): void {
    if (stopped) return;
    for (const now = performance.now(); due() <= now; posted++) senders[turnOf(posted)]?.post(1, due());
    const wait = due() - performance.now();
    if (wait > WATCH_MS) setTimeout(turn, wait - WATCH_MS);
    else setImmediate(turn);
  }
  // Neighbours in `senders` share a chat; a stride spreads successive posts over the chats.
  const stride = coprimeStride(senders.length);
  const turnOf = (post: number) => (post * stride) % senders.length;

  turn();
  return () => {
    stopped = true;
  };
}

function coprimeStride(count: number): number {
  for (let stride = Math.floor(count * 0.618); stride > 1; stride--) if (divisor(stride, count) === 1) return stride;
  return 1;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
