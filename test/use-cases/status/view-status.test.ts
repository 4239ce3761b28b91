import { describe, expect, it } from 'vitest';
import { aWorld } from '../world.ts';

describe('view-status', () => {
  it('tells anybody, outsiders included, how many are connected', async () => {
    const { useCases, presence } = await aWorld();
    expect(await useCases.viewStatus()).toEqual({ connectedClients: 0 });
    presence.connected();
    presence.connected();
    expect(await useCases.viewStatus()).toEqual({ connectedClients: 2 });
  });
});
