import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel } from '../../src/adapters/browser/connection/channels/channel.ts';
import type { HttpListener } from '../../src/adapters/browser/connection/channels/http-channel.ts';
import type { Refused } from '../../src/adapters/browser/connection/close-codes.ts';
import { TabConnection } from '../../src/adapters/browser/connection/tab-connection.ts';
import type { ReceivedFrame } from '../../src/adapters/browser/connection/wire-decoding.ts';

const REFUSED = 1006;
const LONGEST_DELAY_MS = 30_000;

/** What the browser would have opened, with the server's side in the test's hands. */
const READY = JSON.stringify({
  type: 'ready',
  chat_id: 1,
  revision: 0,
  you: { id: 7, username: 'ada' },
  installation: 'here',
  epoch: 'first',
});

const HELLO = JSON.stringify({
  type: 'hello',
  you: { id: 7, username: 'ada' },
  installation: 'here',
  epoch: 'first',
  chats: [{ id: 1, name: 'Lobby', last: null }],
});
const FOLLOW = JSON.stringify({ type: 'follow', chat_id: 1, after: 41, details: true });

class FakeSocket extends EventTarget {
  static readonly OPEN = 1;
  static readonly opened: FakeSocket[] = [];
  readyState = FakeSocket.OPEN;

  constructor() {
    super();
    FakeSocket.opened.push(this);
  }

  /** Without the frames that follow the chat. */
  readonly sent: string[] = [];
  readonly followed: string[] = [];

  send(text: string): void {
    if (text === FOLLOW) this.followed.push(text);
    else this.sent.push(text);
  }

  close(): void {
    this.readyState = 3;
  }

  ready(): void {
    this.say(HELLO);
    expect(this.followed).toEqual([FOLLOW]);
    this.say(READY);
  }

  say(data: string): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }

  lose(code = REFUSED): void {
    this.dispatchEvent(Object.assign(new Event('close'), { code }));
  }
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
  FakeSocket.opened.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('the question why there is no connection', () => {
  it('is not asked when a connection is lost, but when the next attempt is refused', () => {
    const { connection, whyRefused } = connecting();
    connection.open();
    latest().ready();
    latest().lose();
    expect(whyRefused).not.toHaveBeenCalled();
    nextAttempt().lose();
    expect(whyRefused).toHaveBeenCalledOnce();
  });

  it('is not asked at each attempt of an outage', () => {
    const { connection, whyRefused } = connecting();
    connection.open();
    latest().lose();
    for (let attempt = 0; attempt < 3; attempt += 1) nextAttempt().lose();
    expect(whyRefused).toHaveBeenCalledOnce();
  });

  it('is asked anew in the next outage', () => {
    const { connection, whyRefused } = connecting();
    connection.open();
    latest().lose();
    nextAttempt().ready();
    latest().lose();
    nextAttempt().lose();
    expect(whyRefused).toHaveBeenCalledTimes(2);
  });

  it('is not asked when the server gave its reason', () => {
    const { connection, whyRefused } = connecting();
    connection.open();
    latest().lose(1012);
    expect(whyRefused).not.toHaveBeenCalled();
  });

  it('ends it all when the answer is that there is no use', async () => {
    const { connection, listener, whyRefused } = connecting();
    whyRefused.mockResolvedValue('not-a-member');
    connection.open();
    latest().lose();
    await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS);
    expect(listener.ended).toHaveBeenCalledExactlyOnceWith('not-a-member');
    const { length } = FakeSocket.opened;
    await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS);
    expect(FakeSocket.opened).toHaveLength(length);
  });
});

describe('a page that a server in good health does not let in', () => {
  it('says so at the second refusal, asks seldom, and tries again ever after', async () => {
    const { connection, listener, whyRefused } = connecting();
    whyRefused.mockResolvedValue('turned-away');
    connection.open();
    latest().lose();
    await vi.advanceTimersByTimeAsync(0);
    expect(listener.turnedAway).not.toHaveBeenCalled();
    nextAttempt().lose();
    expect(listener.turnedAway).toHaveBeenCalledOnce();
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const begun = Date.now();
      const next = nextAttempt();
      expect(Date.now() - begun).toBeGreaterThanOrEqual(LONGEST_DELAY_MS / 2);
      next.lose();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(whyRefused).toHaveBeenCalledTimes(2);
    expect(listener.ended).not.toHaveBeenCalled();
    nextAttempt().ready();
    expect(listener.connected).toHaveBeenCalledOnce();
  });

  it('is a page like any other once it was let in', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const { connection, listener, whyRefused } = connecting();
    whyRefused.mockResolvedValue('turned-away');
    connection.open();
    latest().lose();
    await vi.advanceTimersByTimeAsync(0);
    nextAttempt().ready();
    latest().lose();
    expect(listener.turnedAway).not.toHaveBeenCalled();
  });
});

describe('the socket of a tab', () => {
  it('follows the chat of the page once the server has said hello, and is ready when the server is', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().say(HELLO);
    expect(latest().followed).toEqual([FOLLOW]);
    expect(listener.connected).not.toHaveBeenCalled();
    expect(connection.isReady).toBe(false);
    latest().say(READY);
    expect(listener.connected).toHaveBeenCalledOnce();
    expect(listener.frame.mock.calls.map(([{ type }]) => type)).toEqual(['hello', 'ready']);
  });

  it('is ready at hello on a page that shows no chat', () => {
    const { connection, listener } = connecting({ isInChat: false });
    connection.open();
    latest().say(HELLO);
    expect(latest().followed).toEqual([]);
    expect(listener.connected).toHaveBeenCalledOnce();
    expect(connection.isReady).toBe(true);
  });

  it('follows nothing for a page that leaves it when it hears for whom it is', () => {
    const { connection, listener } = connecting();
    listener.frame.mockImplementation(() => connection.leave());
    connection.open();
    const socket = latest();
    socket.say(HELLO);
    expect(socket.followed).toEqual([]);
    expect(socket.readyState).toBe(3);
  });
});

describe('an attempt that comes to nothing', () => {
  it('is given up for the next when the server is not ready within 15 s', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const { connection, listener } = connecting();
    connection.open();
    const hung = latest();
    vi.advanceTimersByTime(14_999);
    expect(FakeSocket.opened).toHaveLength(1);
    vi.advanceTimersToNextTimer();
    expect(hung.readyState).toBe(3);
    nextAttempt().ready();
    expect(listener.connected).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(60_000);
    expect(FakeSocket.opened).toHaveLength(2);
  });
});

describe('a connection that is given up', () => {
  it('is lost like any other, and made again later', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    connection.giveUp();
    expect(listener.lost).toHaveBeenCalledOnce();
    expect(connection.isReady).toBe(false);
    expect(FakeSocket.opened).toHaveLength(1);
    nextAttempt().ready();
    expect(listener.connected).toHaveBeenCalledTimes(2);
  });

  it('changes nothing while there is none', () => {
    const { connection, listener } = connecting();
    connection.open();
    connection.giveUp();
    expect(listener.lost).not.toHaveBeenCalled();
    latest().ready();
    expect(connection.isReady).toBe(true);
  });
});

describe('GS-3: a connection that is lost again and again', () => {
  /** How long the next attempt waits, where chance would have it wait as long as it can. */
  function delay(): number {
    const { length } = FakeSocket.opened;
    const begun = Date.now();
    latest().lose();
    while (FakeSocket.opened.length === length) vi.advanceTimersToNextTimer();
    return Date.now() - begun;
  }

  it('GS-3: waits up to 3 s at first, up to 30 s at last, and up to 3 s again once it held for 30 s', () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    const { connection } = connecting();
    connection.open();
    const delays = Array.from({ length: 6 }, () => {
      latest().ready();
      return delay();
    });
    expect(delays).toEqual([2_997, 5_994, 11_988, 23_976, 29_970, 29_970]);
    latest().ready();
    vi.advanceTimersByTime(29_000);
    expect(delay()).toBe(29_970);
    latest().ready();
    vi.advanceTimersByTime(30_000);
    expect(delay()).toBe(2_997);
  });

  it.each([4401, 4403])('GS-3: is not made again after %i', (code) => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    latest().lose(code);
    expect(listener.ended).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(10 * LONGEST_DELAY_MS);
    connection.check();
    expect(FakeSocket.opened).toHaveLength(1);
  });
});

describe('a connection whose other side is silent, as of a half-open one', () => {
  const ALIVE = JSON.stringify({ type: 'alive' });

  it('is lost after 60 s without a frame, and made again at once', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    vi.advanceTimersByTime(60_000);
    expect(listener.lost).not.toHaveBeenCalled();
    vi.advanceTimersByTime(5_000);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect(FakeSocket.opened).toHaveLength(2);
  });

  it('is not lost while the server says that it is alive', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    for (let minutes = 0; minutes < 10; minutes += 1) {
      vi.advanceTimersByTime(26_000);
      latest().say(ALIVE);
    }
    expect(listener.lost).not.toHaveBeenCalled();
  });

  it('is asked for a sign of life when the reader or the network comes back, and lost within seconds without one', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    connection.check();
    expect(latest().sent).toEqual([ALIVE]);
    vi.advanceTimersByTime(5_000);
    expect(listener.lost).toHaveBeenCalledOnce();
    expect(FakeSocket.opened).toHaveLength(2);
  });

  it('is not disturbed when it answers', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    connection.check();
    connection.check();
    expect(latest().sent).toEqual([ALIVE]);
    latest().say(ALIVE);
    vi.advanceTimersByTime(30_000);
    expect(listener.lost).not.toHaveBeenCalled();
    expect(FakeSocket.opened).toHaveLength(1);
  });

  it('is lost at once after a sleep of more than a minute, and by a clock that was set back no later than by any other', () => {
    const { connection, listener } = connecting();
    connection.open();
    latest().ready();
    vi.setSystemTime(Date.now() - 3_600_000);
    vi.advanceTimersByTime(70_000);
    expect(listener.lost).toHaveBeenCalledOnce();
    latest().ready();
    vi.setSystemTime(Date.now() + 61_000);
    connection.check();
    expect(listener.lost).toHaveBeenCalledTimes(2);
  });
});

describe('a stream that stands in for sockets', () => {
  async function streaming() {
    const parts = connecting();
    const stream = { send: vi.fn(() => true), close: vi.fn() };
    let heard: HttpListener | undefined;
    parts.whyRefused.mockResolvedValue('turned-away');
    parts.openStream.mockImplementation(async (listener) => {
      heard = listener;
      return stream;
    });
    parts.connection.open();
    // The server answers requests, and no socket.
    for (let refusals = 0; !heard && refusals < 20; refusals += 1) {
      latest().lose(REFUSED);
      await vi.advanceTimersByTimeAsync(LONGEST_DELAY_MS);
    }
    if (!heard) throw new Error('No stream was opened.');
    heard.data(READY);
    expect(parts.listener.connected).toHaveBeenCalledOnce();
    return { ...parts, heard, opened: FakeSocket.opened.length };
  }

  it('ends for good when the session or the membership does', async () => {
    for (const [code, ending] of [
      [4401, 'signed-out'],
      [4403, 'not-a-member'],
    ] as const) {
      const { listener, heard, connection } = await streaming();
      heard.closed(code);
      expect(listener.ended).toHaveBeenCalledExactlyOnceWith(ending);
      connection.open();
      await vi.advanceTimersByTimeAsync(10 * LONGEST_DELAY_MS);
      expect(listener.connected).toHaveBeenCalledOnce();
    }
  });

  it('is lost when the server restarts, and comes back', async () => {
    const { listener, heard, opened } = await streaming();
    heard.closed(1012);
    expect(listener.ended).not.toHaveBeenCalled();
    expect(listener.lost).toHaveBeenCalled();
    // No further than to the next attempt: one that is not answered in time is given up.
    while (FakeSocket.opened.length === opened) await vi.advanceTimersToNextTimerAsync();
    latest().ready();
    expect(listener.connected).toHaveBeenCalledTimes(2);
  });
});

it('is lost until it is made again when it is opened anew', () => {
  const { connection, listener } = connecting();
  connection.open();
  latest().ready();
  connection.open();
  expect(listener.lost).toHaveBeenCalledOnce();
  latest().ready();
  expect(listener.connected).toHaveBeenCalledTimes(2);
});

function connecting({ isInChat = true } = {}) {
  const listener = {
    connected: vi.fn(),
    lost: vi.fn(),
    turnedAway: vi.fn(),
    ended: vi.fn(),
    frame: vi.fn<(frame: ReceivedFrame) => void>(),
    intercepted: vi.fn(),
    withoutSockets: vi.fn(),
    stored: vi.fn(),
  };
  const openStream = vi.fn<(listener: HttpListener) => Promise<Channel>>(() => new Promise(() => {}));
  const whyRefused = vi.fn<() => Promise<Refused | undefined>>().mockResolvedValue(undefined);
  const connection = new TabConnection({
    address: 'ws://shoal.test/socket',
    follow: () => (isInChat ? { type: 'follow', chat_id: 1, after: 41, details: true } : undefined),
    whyRefused,
    openStream,
    listener,
  });
  return { connection, listener, whyRefused, openStream };
}

function latest(): FakeSocket {
  const socket = FakeSocket.opened.at(-1);
  if (!socket) throw new Error('No socket was opened.');
  return socket;
}

function nextAttempt(): FakeSocket {
  const { length } = FakeSocket.opened;
  const begun = Date.now();
  while (FakeSocket.opened.length === length) vi.advanceTimersToNextTimer();
  expect(Date.now() - begun).toBeLessThanOrEqual(LONGEST_DELAY_MS);
  return latest();
}
