import { describe, expect, it, onTestFinished } from 'vitest';
import type { Presence } from '../../src/application/ports/presence.ts';

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
  });
}

async function opened(open: () => Promise<OpenedPresence>): Promise<Presence> {
  const { presence, close } = await open();
  onTestFinished(close);
  return presence;
}
