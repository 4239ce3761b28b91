import { expect } from 'vitest';
import { historyOf, storedMessage } from './history-of.ts';
import type { RoamingClient } from './roaming-client.ts';
import type { ServerProcess } from './server-process.ts';

/** Nobody posts any more; resolves when everything is acknowledged and everybody has seen everything. */
export async function settledDown(clients: readonly RoamingClient[], withinMs: number): Promise<void> {
  for (const client of clients) client.postNoMore();
  const state = () => {
    const last = Math.max(...clients.map(({ lastShown }) => lastShown));
    return clients
      .filter(({ isAcknowledged, lastShown }) => !isAcknowledged || lastShown < last)
      .map(({ name }) => name);
  };
  await expect.poll(state, { timeout: withinMs, interval: 20 }).toEqual([]);
}

/** All of them were shown what is stored, without a gap; what was acknowledged is stored once, and at the same place. */
export async function expectSameHistories(
  clients: readonly RoamingClient[],
  { server, chatId, cookie }: { server: ServerProcess; chatId: number; cookie: string },
): Promise<void> {
  for (const { broken } of clients) expect(broken).toEqual([]);
  const history = await historyOf(server, chatId, cookie);
  const inOrder = [...history].sort(([a], [b]) => a - b);
  expect(inOrder.map(([position]) => position)).toEqual(Array.from(inOrder, (_, n) => n + 1));
  for (const { shown } of clients) expect([...shown].sort(([a], [b]) => a - b)).toEqual(inOrder);
  const ids = inOrder.map(([, line]) => storedMessage.parse(JSON.parse(line)).client_id).filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { name, acknowledged } of clients) {
    expect(ids.filter((id) => id?.startsWith(`${name}-`))).toHaveLength(acknowledged.size);
  }
}
