import { describe, expect, it, onTestFinished } from 'vitest';
import type { Presence } from '../../src/application/ports/presence.ts';
import { chatId, userId } from '../../src/domain/ids.ts';

interface OpenedPresence {
  readonly presence: Presence;
  close(): Promise<void>;
}

export function presenceContract(name: string, open: () => Promise<OpenedPresence>): void {
  describe(`presence: ${name}`, () => {
    it('counts nobody at first', async () => {
      const presence = await opened(open);
      expect(await presence.count()).toBe(0);
    });

    it('counts every connection', async () => {
      const presence = await opened(open);
      presence.connected();
      expect(await presence.count()).toBe(1);
      presence.connected();
      presence.connected();
      expect(await presence.count()).toBe(3);
    });

    it('counts a connection no more once it is gone', async () => {
      const presence = await opened(open);
      presence.connected();
      presence.connected();
      presence.disconnected();
      expect(await presence.count()).toBe(1);
      presence.disconnected();
      expect(await presence.count()).toBe(0);
      presence.connected();
      expect(await presence.count()).toBe(1);
    });

    it('counts each person once, however many connections they have', async () => {
      const presence = await opened(open);
      const people = (...ids: readonly number[]) => presence.people(chatId(1), ids.map(userId));
      expect(await people()).toBe(0);
      expect(await people(1, 2, 1, 1)).toBe(2);
      expect(await people(2)).toBe(1);
    });
  });
}

async function opened(open: () => Promise<OpenedPresence>): Promise<Presence> {
  const { presence, close } = await open();
  onTestFinished(close);
  return presence;
}
