import { type Bench, rotated, type Suite } from '../bench.ts';
import type { PagesTask } from '../load/tasks.ts';
import { generate } from '../processes/generate.ts';
import { profiling } from '../processes/profiling.ts';
import { writeExpressDatabase } from '../stored/express-database.ts';
import { emptyPlaceOf } from '../stored/scratch.ts';
import { writeShoalDatabase } from '../stored/shoal-database.ts';
import { EXPRESS_DATABASE, type PageServer, POPULATION, pageServers, SHOAL_DATABASE } from './page-servers.ts';

const CONNECTIONS = 32;
const WARM_UP_SECONDS = 1;
/** Of the pages that are asked for once, so many come before the measurement. */
const WARM_UP_REQUESTS = 500;

/** Chat pages with the latest 50 messages, rendered on the server, for members who are signed in. */
export const pages: Suite = {
  name: 'pages',
  async prepare() {
    await writeShoalDatabase(emptyPlaceOf(SHOAL_DATABASE), POPULATION);
    writeExpressDatabase(emptyPlaceOf(EXPRESS_DATABASE), POPULATION);
  },
  async round(round, bench) {
    for (const server of rotated(pageServers, round)) await askFor(server, { round, bench });
  },
};

async function askFor(pageServer: PageServer, { round, bench }: { round: number; bench: Bench }): Promise<void> {
  const { contender, start, subjects } = pageServer;
  const server = await start(profiling(bench.options, `${contender}-pages`));
  for (const { subject, requests, order, check } of subjects) {
    const minimumBytes = await check(server.port, requests);
    const until: PagesTask['until'] =
      order === 'each once'
        ? { order, warmUpRequests: WARM_UP_REQUESTS }
        : { order, warmUpSeconds: WARM_UP_SECONDS, seconds: bench.options.seconds };
    const { pid, port } = server;
    const measured = await generate({
      kind: 'pages',
      pid,
      port,
      requests,
      connections: CONNECTIONS,
      minimumBytes,
      until,
    });
    bench.record({ suite: 'pages', subject, contender, round, values: { ...measured } });
  }
  await server.stop();
}
