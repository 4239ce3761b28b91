import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { systemClock } from '../../src/adapters/system/clock.ts';
import { makeStageFile } from '../../src/application/use-cases/files/stage-file.ts';
import { openedWithChat } from '../contracts/storage/opened.ts';
import { PostgresServer } from './postgres-server.ts';

const TIMES = 50;
const UNLIMITED = {
  take: async () => 0,
  giveBack: async () => undefined,
  wait: async () => 0,
  forget: async () => undefined,
};

let server: PostgresServer;
beforeAll(async () => {
  server = await PostgresServer.start();
});
afterAll(() => server.remove());

async function* bytes() {
  yield Buffer.alloc(60);
}

it(`two instances never exceed the quota of a user together (${TIMES} times)`, async () => {
  const url = await server.schema('quota');
  const [here, there] = [await openPostgresStorage(url), await openPostgresStorage(url)];
  const { ada, chat } = await openedWithChat(async () => here);
  const fileRules = { isOn: true, maxBytes: 100, bytesPerUser: 100 };
  const stageIn = ({ unitOfWork, view }: typeof here) =>
    makeStageFile({ unitOfWork, view, blobs: makeMemoryBlobs(), clock: systemClock, rateLimits: UNLIMITED, fileRules });
  const upload = { chatId: chat.id, name: 'x', chunks: bytes(), announcedBytes: undefined };
  const actor = { user: ada } as Parameters<ReturnType<typeof stageIn>>[0];
  const stages = [stageIn(here), stageIn(there)];
  for (let time = 0; time < TIMES; time += 1) {
    const results = await Promise.allSettled(stages.map((stage) => stage(actor, { ...upload, chunks: bytes() })));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await here.view.files.bytesOf(ada.id)).toBe(60);
    await here.unitOfWork.run(({ files }) => files.removeStaged(Number.MAX_SAFE_INTEGER, 10));
  }
  await Promise.all([here.close(), there.close()]);
});
