import { expect, it } from 'vitest';
import { type OpenStorage, opened } from './opened.ts';

export function installationContract(open: OpenStorage): void {
  it('has a name and an epoch of its own from the first moment on', async () => {
    const [one, other] = [await opened(open), await opened(open)];
    const names = [one, other].flatMap(({ installation }) => [installation.id, installation.epoch]);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9_-]{20,64}$/);
    expect(new Set(names).size).toBe(4);
  });
}
