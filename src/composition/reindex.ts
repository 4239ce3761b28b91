import { nextChanges } from '../application/search/search-indexer.ts';
import { SEARCH_VERSION } from '../domain/search/searched-message.ts';
import { type Administered, openAdministered } from './administered.ts';
import { readConfig } from './config.ts';
import { orExit, UsageError } from './or-exit.ts';
import { START_PROBLEMS } from './start-problems.ts';

const USAGE = 'Usage: npm run reindex';

/** Messages of a unit of work: a server beside this process waits for each. */
const BATCH = 128;
/** Batches between two lines about how far it has come. */
const BETWEEN_LINES = 100;
/** A version that no release has. */
const NONE = 0;

/** Makes the search index anew, also while the server runs: messages that are not indexed yet may not be found meanwhile. */
await orExit(
  'The search index was not finished: run it again, or start the server, which goes on where it ended',
  async () => {
    if (process.argv.length > 2) throw new UsageError(USAGE);
    const administered = await openAdministered(readConfig(process.env).database);
    try {
      await administered.unitOfWork.run(async ({ search }) => {
        await search.settle(NONE);
        await search.settle(SEARCH_VERSION);
      });
      await indexAll(administered);
      process.stdout.write('The search index was made anew.\n');
    } finally {
      await administered.close();
    }
  },
  START_PROBLEMS,
);

/** A server beside this process takes a part of the work. */
async function indexAll({ unitOfWork }: Pick<Administered, 'unitOfWork'>): Promise<void> {
  for (let batch = 1; ; batch += 1) {
    const lag = await unitOfWork.run(async (store) => {
      const [first] = await store.search.lags({ limit: 1 });
      if (first) await store.search.index((await nextChanges(store, first, BATCH)).changes);
      return first;
    });
    if (!lag) return;
    if (batch % BETWEEN_LINES === 0)
      process.stdout.write(`Chat ${lag.chatId}: ${lag.indexedTo} of ${lag.revision} revisions …\n`);
  }
}
