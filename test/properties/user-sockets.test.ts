import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { toWire } from '../../src/adapters/wire/message.ts';
import { type ChatId, chatId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { ChatServer } from '../websocket/chat-server.ts';
import { RoamingUser } from './roaming-user.ts';
import { pass } from './slow-view.ts';

const directory = mkdtempSync(join(tmpdir(), 'shoal-user-sockets-'));
afterAll(() => rmSync(directory, { recursive: true }));

const USERS = 3;
const CHATS = 3;

type Step =
  | { readonly do: 'post'; readonly user: number; readonly chat: number }
  | { readonly do: 'reply'; readonly user: number; readonly chat: number; readonly to: number }
  | { readonly do: 'edit' | 'delete' | 'restore'; readonly user: number; readonly chat: number; readonly of: number }
  | {
      readonly do: 'react';
      readonly user: number;
      readonly chat: number;
      readonly of: number;
      readonly emoji: string;
      readonly on: boolean;
    }
  | { readonly do: 'follow' | 'unfollow'; readonly user: number; readonly chat: number }
  | { readonly do: 'drop' | 'connect'; readonly user: number }
  | { readonly do: 'leave or join'; readonly chat: number }
  | { readonly do: 'wait' };

const user = fc.nat({ max: USERS - 1 });
const chat = fc.nat({ max: CHATS - 1 });
const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.record({ do: fc.constant('post' as const), user, chat }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('reply' as const), user, chat, to: fc.nat({ max: 9 }) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('edit' as const, 'edit', 'delete', 'restore'),
        user,
        chat,
        of: fc.nat({ max: 9 }),
      }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constant('react' as const),
        user,
        chat,
        of: fc.nat({ max: 9 }),
        emoji: fc.constantFrom('👍', '❤', '😂'),
        on: fc.boolean(),
      }),
    },
    { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('follow' as const, 'follow', 'unfollow'), user, chat }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('drop' as const, 'connect', 'connect'), user }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('leave or join' as const), chat }) },
    { weight: 4, arbitrary: fc.constant<Step>({ do: 'wait' }) },
  ),
  { minLength: 30, maxLength: 100 },
);

/** A server with three chats of three users; the last user leaves and comes back. */
class Harbour {
  readonly users: readonly RoamingUser[];
  readonly chats: readonly ChatId[];
  readonly #server: ChatServer;

  constructor(server: ChatServer, users: readonly RoamingUser[], chats: readonly ChatId[]) {
    this.#server = server;
    this.users = users;
    this.chats = chats;
  }

  async take(step: Step): Promise<void> {
    const user = 'user' in step ? this.users[step.user] : this.users.at(-1);
    const chat_id = 'chat' in step ? this.chats[step.chat] : chatId(1);
    if (!user || chat_id === undefined) throw new Error('There is no such user or chat.');
    switch (step.do) {
      case 'post':
        return user.post(chat_id, 'said');
      case 'reply':
        return user.reply(chat_id, { text: 'answered', to: step.to });
      case 'edit':
      case 'delete':
      case 'restore':
        return user.change(step.do, { chat_id, of: step.of });
      case 'react':
        return user.react(chat_id, step);
      case 'follow':
        return user.follow(chat_id);
      case 'unfollow':
        return user.unfollow(chat_id);
      case 'drop':
        return user.drop();
      case 'connect':
        return user.connect();
      case 'leave or join':
        return this.#leaveOrJoin(user, chat_id);
      case 'wait':
        return pass(5);
      default:
        return step satisfies never;
    }
  }

  /** Everybody is back in every chat, follows it and has seen the last message. */
  async settle(): Promise<void> {
    const { redeemInvite, createInvite, postMessage } = this.#server.app.useCases;
    const [owner, ...others] = this.users;
    if (!owner) throw new Error('There is an owner.');
    for (const user of this.users) await user.answered();
    for (const id of this.chats) {
      const { code } = await createInvite(owner.person.actor, id);
      for (const { person } of others) await redeemInvite(person.actor, code);
    }
    for (const user of this.users) {
      await user.connect();
      for (const id of this.chats) user.follow(id);
      await user.answered();
    }
    const last = new Map<ChatId, Message>();
    for (const id of this.chats) {
      last.set(id, (await postMessage(owner.person.actor, { chatId: id, text: 'the end' })).message);
    }
    for (const [id, { position, revision }] of last) {
      for (const { known, summaries } of this.users) {
        await expect.poll(() => known.get(id)?.seen, { interval: 2, timeout: 5_000 }).toBe(revision);
        await expect.poll(() => summaries.get(id)?.last?.position, { interval: 2, timeout: 5_000 }).toBe(position);
      }
    }
  }

  async history(id: ChatId) {
    const [owner] = this.users;
    if (!owner) throw new Error('There is an owner.');
    const { messages } = await this.#server.app.useCases.readHistory(owner.person.actor, { chatId: id, limit: 1_000 });
    return new Map(messages.map((message) => [Number(message.position), toWire(message)]));
  }

  async #leaveOrJoin({ person }: RoamingUser, id: ChatId): Promise<void> {
    const { leaveChat, createInvite, redeemInvite } = this.#server.app.useCases;
    const owner = this.users[0]?.person;
    if (!owner) throw new Error('There is an owner.');
    try {
      await leaveChat(person.actor, id);
    } catch {
      await redeemInvite(person.actor, (await createInvite(owner.actor, id)).code);
    }
  }
}

let names = 0;

async function aHarbour(server: ChatServer): Promise<Harbour> {
  const users: RoamingUser[] = [];
  for (let n = 0; n < USERS; n += 1) users.push(new RoamingUser(server, await server.person(`user-${names++}`)));
  const [owner, ...others] = users.map(({ person }) => person);
  if (!owner) throw new Error('There is an owner.');
  const chats: ChatId[] = [];
  for (let n = 0; n < CHATS; n += 1) chats.push(await server.chat(owner, ...others));
  for (const user of users) await user.connect();
  return new Harbour(server, users, chats);
}

describe.each([
  ['memory', 10, () => 'memory:'],
  ['SQLite', 5, () => `sqlite:${join(directory, 'harbour.db')}`],
])("users' sockets on %s", (_name, numRuns, database) => {
  it('US-2: show every chat as it is, nothing missing and nothing twice, whatever is written, changed, dropped, left and joined', {
    timeout: 300_000,
  }, async () => {
    const server = await ChatServer.start({ DATABASE_URL: database() });
    await fc.assert(
      fc.asyncProperty(steps, async (todo) => {
        const harbour = await aHarbour(server);
        for (const step of todo) await harbour.take(step);
        await harbour.settle();
        for (const user of harbour.users) {
          expect(user.broken).toEqual([]);
          expect([...user.summaries.keys()].toSorted()).toEqual(harbour.chats.toSorted());
          for (const id of harbour.chats) expect(user.known.get(id)?.messages).toEqual(await harbour.history(id));
        }
        for (const user of harbour.users) await user.gone();
      }),
      {
        numRuns: Math.ceil(numRuns * (Number(process.env.RUNS_TIMES) || 1)),
      },
    );
    await server.stop();
  });
});
