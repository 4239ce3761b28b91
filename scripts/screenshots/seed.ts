import type { Actor } from '../../src/application/actor.ts';
import type { UseCases } from '../../src/application/use-cases.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { CHATS, FORMATTED, HARBOUR, type Line, LONG_AGO } from './story.ts';

/** The moment at which the pictures are taken: a Thursday evening. */
export const NOW = Date.UTC(2026, 4, 14, 17, 42);
export const PASSWORD = 'a good password';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export interface World {
  readonly token: (name: string) => Promise<string>;
  readonly harbour: ChatId;
  readonly empty: ChatId;
  readonly single: ChatId;
  readonly formatted: ChatId;
  readonly invite: string;
  /** Someone is writing in a chat. */
  readonly typing: (name: string, chatId: ChatId) => Promise<void>;
}

/** Fills an app, whose clock is `clock`, with a few people, their chats and some days of messages. */
export async function seed(useCases: UseCases, clock: { set(now: number): void }): Promise<World> {
  const { token, actor } = people(useCases);
  const say = async (chatId: ChatId, lines: readonly Line[]) => {
    for (const [daysAgo, time, author, text] of lines) {
      const [hours = 0, minutes = 0] = time.split(':').map(Number);
      clock.set(NOW - (NOW % DAY) - daysAgo * DAY + (hours * 60 + minutes) * MINUTE);
      await useCases.postMessage(await actor(author), { chatId, text });
    }
  };
  const begin = async (name: string, [owner = '', ...others]: readonly string[]): Promise<ChatId> => {
    const { id } = await useCases.createChat(await actor(owner), { name });
    for (const other of others) {
      const { code } = await useCases.createInvite(await actor(owner), id);
      await useCases.redeemInvite(await actor(other), code);
    }
    return id;
  };

  clock.set(NOW - 9 * DAY);
  const harbour = await begin('Harbour', ['ada', 'Bohumil', 'Mei-Ling', 'João', 'zeynep']);
  await say(harbour, LONG_AGO);
  await say(harbour, HARBOUR);
  clock.set(NOW - 2 * DAY);
  for (const name of CHATS) await begin(name, ['ada', 'Bohumil']);
  const single = await begin('Night watch', ['ada', 'João']);
  await say(single, [[0, '09:12', 'João', 'Anyone awake?']]);
  const formatted = await begin('Notice board', ['ada', 'Bohumil']);
  await say(formatted, FORMATTED);
  const empty = await begin('Lighthouse keepers', ['ada']);
  await actor('nova');
  clock.set(NOW);
  const { code } = await useCases.createInvite(await actor('ada'), harbour);
  const typing = async (name: string, chatId: ChatId) => useCases.paced.signalTyping(await actor(name), chatId);
  return { token, typing, harbour, empty, single, formatted, invite: code };
}

/** Signs people in, each under a session of their own. */
function people(useCases: UseCases) {
  const actors = new Map<string, Actor>();
  const token = async (username: string) => {
    const origin = { address: '127.0.0.1', network: '127.0.0.0/24', deviceTokens: [] };
    const attempt = { username, password: PASSWORD, presentedTokens: [], ...origin };
    return (await useCases.authenticate(attempt)).token;
  };
  const actor = async (name: string): Promise<Actor> => {
    const known = actors.get(name);
    if (known) return known;
    const session = await useCases.identifySession(await token(name));
    if (!session) throw new Error(`${name} could not sign in.`);
    actors.set(name, session.actor);
    return session.actor;
  };
  return { token, actor };
}
