import { expect, it } from 'vitest';
import { startShoal } from '../../bench/contenders/shoal.ts';
import { clearScratch, emptyPlaceOf } from '../../bench/stored/scratch.ts';

it('the benchmark starts the server as npm start does', async () => {
  const server = await startShoal(emptyPlaceOf('starts.db'));
  try {
    const { status } = await fetch(`http://127.0.0.1:${server.port}/status`);
    expect(status).toBe(200);
  } finally {
    await server.stop();
    clearScratch();
  }
});
