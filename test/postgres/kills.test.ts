import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { makePostMessage } from '../../src/application/use-cases/messages/post-message.ts';
import type { Chat } from '../../src/domain/chats/chat.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { DomainError } from '../../src/domain/errors.ts';
import type { User } from '../../src/domain/identity/user.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { anActor, insertChat, insertUser } from '../builders.ts';
import { noCards, recordingBroadcast, recordingLog, stoppedClock } from '../fakes.ts';
import { PostgresServer } from './postgres-server.ts';

/** How often a random connection is terminated, or its statement cancelled. */
const KILLS = Number(process.env.KILLS ?? 30);
const SOCKETS = 6;

let server: PostgresServer;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

interface Acknowledged {
  readonly text: string;
  readonly position: number;
}

/** Posts in bursts, each settled before the next; now and then by a stranger, or twice. */
class Sender {
  readonly acknowledged: Acknowledged[] = [];
  readonly #post: (user: User, text: string, clientId?: string) => Promise<number>;
  readonly #people: { readonly member: User; readonly stranger: User };
  readonly #name: string;
  #sent = 0;

  constructor(options: { name: string; storage: Storage; chat: Chat; member: User; stranger: User }) {
    const { storage, chat } = options;
    const deps = {
      broadcast: recordingBroadcast(),
      clock: stoppedClock(),
      log: recordingLog(),
      measurements: noMeasurements,
      budgets: noBudgets,
      cardRules: noCards,
    };
    const postMessage = makePostMessage({ ...storage, ...deps });
    this.#name = options.name;
    this.#people = options;
    this.#post = async (user, text, clientId) => {
      const { message } = await postMessage(anActor(user), { chatId: chat.id, text, clientId });
      return message.position;
    };
  }

  async burst(): Promise<void> {
    const count = 1 + Math.floor(Math.random() * 8);
    await Promise.all(Array.from({ length: count }, () => this.#send()));
  }

  async #send(): Promise<void> {
    this.#sent += 1;
    const text = `${this.#name}-${this.#sent}`;
    const kind = Math.random();
    const { member, stranger } = this.#people;
    if (kind < 0.02) await expectRefusal(this.#post(stranger, text, text), 'forbidden');
    else if (kind < 0.1) await this.#acknowledge(text, this.#post(member, text));
    else if (kind < 0.15) {
      const twice = [this.#post(member, text, text), this.#post(member, text, text)];
      await Promise.all(twice.map((posted) => this.#acknowledge(text, posted)));
    } else await this.#acknowledge(text, this.#post(member, text, text));
  }

  async #acknowledge(text: string, posted: Promise<number>): Promise<void> {
    const position = await posted.catch((error: unknown) => expectUnavailable(error));
    if (position !== undefined) this.acknowledged.push({ text, position });
  }
}

/** The only refusal that callers may get here. */
function expectUnavailable(error: unknown): undefined {
  expect(error).toMatchObject({ code: 'unavailable' });
}

async function expectRefusal(posting: Promise<unknown>, code: string): Promise<void> {
  const error = await posting.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DomainError);
  expect([code, 'unavailable']).toContain((error as DomainError).code);
}

it(`PG-1: what is acknowledged is stored once, where it was said to be, whatever connections are ended (${KILLS} times)`, async () => {
  const url = await server.schema('kills');
  const storages = [await openPostgresStorage(url), await openPostgresStorage(url)] as const;
  const { ada, eve, chats } = await storages[0].unitOfWork.run(async (store) => {
    const [ada, eve] = [await insertUser(store, 'ada'), await insertUser(store, 'eve')];
    return { ada, eve, chats: [await insertChat(store, 'One', ada), await insertChat(store, 'Other', ada)] };
  });
  const senders = chats.flatMap((chat, to) =>
    Array.from({ length: SOCKETS }, (_, index) => {
      const storage = storages[index % 2 === 0 ? 0 : 1];
      return { chat, sender: new Sender({ name: `s${to}-${index}`, storage, chat, member: ada, stranger: eve }) };
    }),
  );
  let isOver = false;
  const sending = senders.map(async ({ sender }) => {
    while (!isOver) await sender.burst();
  });
  for (let kill = 0; kill < KILLS; kill += 1) {
    await Promise.all(senders.slice(0, 3).map(({ sender }) => sender.burst()));
    const how = kill % 3 === 0 ? 'pg_cancel_backend' : 'pg_terminate_backend';
    await server.query(`select ${how}(pid) from pg_stat_activity where application_name = 'shoal' and random() < 0.4`);
  }
  isOver = true;
  await Promise.all(sending);

  const open = "select 1 from pg_stat_activity where application_name = 'shoal' and state like 'idle in%'";
  expect((await server.query(open)).rowCount).toBe(0);
  for (const chat of chats) {
    const stored = await everything(storages[0], chat);
    expect(stored.map(({ position }) => position)).toEqual(stored.map((_, index) => index + 1));
    const at = new Map<string, number>(stored.map((message) => [textOf(message), message.position]));
    expect(at.size).toBe(stored.length);
    const acknowledged = senders.filter((one) => one.chat === chat).flatMap(({ sender }) => sender.acknowledged);
    expect(acknowledged.filter(({ text, position }) => at.get(text) !== position)).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(0);
  }
  await Promise.all(storages.map((storage) => storage.close()));
});

async function everything({ view }: Storage, chat: Chat) {
  const stored = [];
  for (let after = revision(0); ; ) {
    const some = await view.messages.changedAfter(chat.id, after, 1_000);
    stored.push(...some);
    const last = some.at(-1);
    if (!last) return stored;
    after = last.revision;
  }
}
