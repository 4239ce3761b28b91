import { startShoal } from './contenders/shoal.ts';
import { rss } from './load/server-stats.ts';
import { clearScratch, emptyPlaceOf } from './stored/scratch.ts';
import { tokenOf, writeShoalDatabase } from './stored/shoal-database.ts';

/**
 * Run it by `node bench/exports.ts`: the memory of the server while it exports a small and a large chat, beside each other, and how long that
 * takes. The archive is read and thrown away.
 */

const SIZES = [10_000, 100_000, 1_000_000];
const EVERY_MS = 100;

for (const messagesPerChat of SIZES) {
  const place = emptyPlaceOf(`exports-${messagesPerChat}.db`);
  await writeShoalDatabase(place, { groups: 1, chatsPerGroup: 1, messagesPerChat });
  const server = await startShoal(place);
  const before = residentMiB(server.pid);
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, residentMiB(server.pid));
  }, EVERY_MS);
  const began = performance.now();
  const bytes = await exported(server.port);
  const seconds = (performance.now() - began) / 1_000;
  clearInterval(watch);
  await server.stop();
  console.log(
    `${messagesPerChat} messages: ${Math.round(bytes / 1e6)} MB in ${seconds.toFixed(1)} s; ${before} MiB before, ${most} MiB at most`,
  );
}
clearScratch();

async function exported(port: number): Promise<number> {
  const headers = { cookie: `session_token=${tokenOf(1)}`, accept: 'application/zip' };
  const { status, body } = await fetch(`http://127.0.0.1:${port}/chat/1/export`, { headers });
  if (status !== 200 || !body) throw new Error(`The export was answered with ${status}.`);
  let bytes = 0;
  for await (const chunk of body) bytes += chunk.byteLength;
  return bytes;
}

function residentMiB(pid: number): number {
  return Math.round(rss(pid) / 1024 ** 2);
}
