import type { ClientConnection } from './client-connection.ts';

/** A burst of new connections may be this many times as large as what an address may keep, for this long. */
export const BURST = 3;
const BURST_MS = 5_000;

/** Which connections to cut once a burst is over: idle ones first, then the latest. New ones have yet to send their requests. */
export function pastBurst(
  connections: Iterable<ClientConnection>,
  excess: number,
  now: number,
): readonly ClientConnection[] {
  if (excess <= 0) return [];
  const isOver = ({ isFollowing, openedAt }: ClientConnection) => !isFollowing && now - openedAt >= BURST_MS;
  const old = [...connections].filter(isOver);
  const idle = old.filter(({ isIdle }) => isIdle);
  const busy = old.filter(({ isIdle }) => !isIdle).reverse();
  return [...idle, ...busy].slice(0, excess);
}
