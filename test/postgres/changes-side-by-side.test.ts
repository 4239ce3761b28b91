import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import { makeEraseMessage } from '../../src/application/jobs/erase-message.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { makeDeleteMessage } from '../../src/application/use-cases/messages/delete-message.ts';
import { makeEditMessage } from '../../src/application/use-cases/messages/edit-message.ts';
import { makePostMessage } from '../../src/application/use-cases/messages/post-message.ts';
import { makeRestoreMessage } from '../../src/application/use-cases/messages/restore-message.ts';
import { makeSetPin } from '../../src/application/use-cases/pins/set-pin.ts';
import { makeReactToMessage } from '../../src/application/use-cases/reactions/react-to-message.ts';
import { type Chat, type Revision, revision } from '../../src/domain/chats/chat.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { MAX_PINS } from '../../src/domain/pins/pinning.ts';
import { MAX_KINDS } from '../../src/domain/reactions/reacting.ts';
import { anActor, insertChat, insertMessage, insertUser } from '../builders.ts';
import { noCards, type RecordingBroadcast, recordingBroadcast, recordingLog, stoppedClock } from '../fakes.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

/** One instance: what members do over it, and what it published. */
async function anInstance(url: string) {
  const storage = await openPostgresStorage(url, { measurements: noMeasurements });
  onTestFinished(() => storage.close());
  const broadcast = recordingBroadcast();
  const more = { broadcast, clock: stoppedClock(), log: recordingLog(), measurements: noMeasurements };
  const deps = { ...storage, ...more, budgets: noBudgets, blobs: makeMemoryBlobs(), cardRules: noCards };
  return {
    storage,
    broadcast,
    edit: makeEditMessage(deps),
    remove: makeDeleteMessage(deps),
    restore: makeRestoreMessage(deps),
    react: makeReactToMessage(deps),
    pin: makeSetPin(deps),
    post: makePostMessage(deps),
    erase: makeEraseMessage({ ...storage, blobs: makeMemoryBlobs() }),
  };
}

async function twoInstances(texts: number) {
  schemas += 1;
  const url = await server.schema(`changes_${schemas}`);
  const here = await anInstance(url);
  const there = await anInstance(url);
  const { ada, chat, messages } = await here.storage.unitOfWork.run(async (store) => {
    const user = await insertUser(store, 'ada');
    const chat = await insertChat(store, 'One', user);
    const messages: Message[] = [];
    for (let n = 0; n < texts; n += 1) messages.push(await insertMessage(store, chat, user));
    return { ada: anActor(user), chat, messages };
  });
  return { here, there, ada, chat, messages };
}

const codeOf = (result: PromiseSettledResult<unknown>): string => {
  if (result.status === 'fulfilled') return 'done';
  if (result.reason instanceof DomainError) return result.reason.code;
  throw result.reason;
};

const revisionsIn = (event: RecordingBroadcast['published'][number]): readonly Revision[] => {
  if ('message' in event) return [event.message.revision];
  return 'change' in event ? [event.change.revision] : [];
};

/** Every revision from `first` to where the chat is now was published by one of the instances. */
async function expectDense(storage: Storage, chat: Chat, broadcasts: readonly RecordingBroadcast[], first: number) {
  const revisions = new Set(broadcasts.flatMap(({ published }) => published.flatMap(revisionsIn)));
  const last = (await storage.view.chats.find(chat.id))?.revision ?? 0;
  for (let at = first; at <= last; at += 1) expect(revisions.has(revision(at)), `revision ${at}`).toBe(true);
}

it('two instances that change the same messages in every way store one history without a gap, and none waits for the other in a circle', async () => {
  const { here, there, ada, chat, messages } = await twoInstances(4);
  const works = [here, there].flatMap((instance, side) =>
    Array.from({ length: 40 }, (_, n) => {
      const place = messages[(n * 7 + side) % messages.length] as Message;
      const { chatId, position } = place;
      const all = [
        () => instance.edit(ada, { chatId, position, text: `edit ${side} ${n}`, base: position }),
        () => instance.remove(ada, place),
        () => instance.restore(ada, place),
        () => instance.react(ada, { chatId, position, emoji: '👍', on: n % 2 === 0 }),
        () => instance.pin(ada, { chatId, position, on: n % 3 !== 0 }),
        () => instance.post(ada, { chatId, text: `answer ${side} ${n}`, replyTo: position }),
        () =>
          instance.erase(
            { kind: 'erase_message', chatId, position, deletedAt: stoppedClock().now() },
            { isLast: false },
          ),
      ];
      return all[(n + side * 3) % all.length]?.();
    }),
  );
  const codes = new Set((await Promise.allSettled(works)).map(codeOf));
  for (const code of codes) expect(['done', 'conflict', 'deleted']).toContain(code);
  await expectDense(here.storage, chat, [here.broadcast, there.broadcast], messages.length + 1);
  const history = await there.storage.view.messages.changedAfter(chat.id, revision(0), 1_000);
  expect(new Set(history.map(({ revision }) => revision)).size).toBe(history.length);
  const now = new Map(history.map((message) => [message.position, message]));
  for (const message of history) {
    if (message.kind !== 'text' || !message.replyTo) continue;
    const original = now.get(message.replyTo.position);
    expect(message.replyTo.kind).toBe(original?.kind);
    expect(message.replyTo.snippet).toBe(original?.kind === 'text' ? original.text : '');
  }
});

it('of the last reaction and the last pin that there is room for, one instance gets each', async () => {
  const { here, there, ada, chat, messages } = await twoInstances(MAX_PINS + 1);
  const [first] = messages as [Message];
  const emoji = (n: number) => String.fromCodePoint(0x1f600 + n);
  const react = (instance: typeof here, n: number) =>
    instance.react(ada, { chatId: chat.id, position: first.position, emoji: emoji(n), on: true });
  for (let n = 0; n < MAX_KINDS - 1; n += 1) await react(here, n);
  const reactions = await Promise.allSettled([react(here, 30), react(there, 31), react(here, 32), react(there, 33)]);
  expect(reactions.map(codeOf).toSorted()).toEqual(['done', ...Array(3).fill('too_many_reactions')]);
  const pin = (instance: typeof here, { chatId, position }: Message) =>
    instance.pin(ada, { chatId, position, on: true });
  for (const message of messages.slice(2)) await pin(here, message);
  const pins = await Promise.allSettled([pin(here, messages[0] as Message), pin(there, messages[1] as Message)]);
  expect(pins.map(codeOf).toSorted()).toEqual(['done', 'too_many_pins']);
  expect(await there.storage.view.messages.pinned(chat.id)).toHaveLength(MAX_PINS);
});
