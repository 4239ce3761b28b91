import type { Actor } from '../../src/application/actor.ts';
import type { UseCases } from '../../src/application/use-cases.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { ANSWERED, CHATS, FORMATTED, HARBOUR, LINKED, type Line, LONG_AGO, UNREAD } from './story.ts';

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
  /** A chat with a reply, reactions, and an edited and a deleted message. */
  readonly answered: ChatId;
  /** A chat with cards of links. */
  readonly linked: ChatId;
  /** A chat that ada has not read to its end. */
  readonly unread: ChatId;
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
  const read = async (chatId: ChatId) => {
    const { reading } = await useCases.viewChatSummary(await actor('ada'), chatId);
    await useCases.markRead(await actor('ada'), { chatId, position: reading.revision, version: undefined });
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
  await read(harbour);
  clock.set(NOW - 2 * DAY);
  for (const name of CHATS) await begin(name, ['ada', 'Bohumil']);
  const single = await begin('Night watch', ['ada', 'João']);
  await say(single, [[0, '09:12', 'João', 'Anyone awake?']]);
  const formatted = await begin('Notice board', ['ada', 'Bohumil']);
  await say(formatted, FORMATTED);
  await read(formatted);
  const answered = await begin('Slipway', ['ada', 'Bohumil', 'zeynep']);
  await say(answered, ANSWERED);
  await answer(useCases, answered, actor);
  await read(answered);
  const linked = await begin('Chart table', ['ada', 'Bohumil']);
  await say(linked, LINKED);
  await read(linked);
  const unread = await begin('Fuel dock', ['ada', 'Bohumil']);
  await say(unread, UNREAD.slice(0, 8));
  await read(unread);
  await say(unread, UNREAD.slice(8));
  const empty = await begin('Lighthouse keepers', ['ada']);
  for (const name of ['Regatta 2024', 'Crane fund']) {
    const chatId = await begin(name, ['ada', 'Bohumil']);
    await useCases.setArchived(await actor('ada'), { chatId, isArchived: true });
  }
  await actor('nova');
  clock.set(NOW);
  const { code } = await useCases.createInvite(await actor('ada'), harbour);
  const typing = async (name: string, chatId: ChatId) => useCases.paced.signalTyping(await actor(name), chatId);
  return { token, typing, harbour, empty, single, formatted, answered, linked, unread, invite: code };
}

type ActorOf = (name: string) => Promise<Actor>;

/** Answers, changes and reacts to the messages of `ANSWERED`, which are at the positions 3 to 6. */
async function answer(useCases: UseCases, chatId: ChatId, actor: ActorOf): Promise<void> {
  const at = (position: number) => ({ chatId, position: revision(position) });
  await useCases.postMessage(await actor('ada'), { chatId, text: 'Both, if the tide allows.', replyTo: revision(3) });
  const text = 'The cradle is greased, and the winch is.';
  await useCases.editMessage(await actor('ada'), { ...at(4), text, base: revision(4) });
  await useCases.deleteMessage(await actor('Bohumil'), at(6));
  for (const name of ['ada', 'Bohumil', 'zeynep'])
    await useCases.reactToMessage(await actor(name), { ...at(4), emoji: '👍', on: true });
  await useCases.reactToMessage(await actor('zeynep'), { ...at(5), emoji: '🎉', on: true });
}

/** Signs people in, each under a session of their own. */
function people(useCases: UseCases) {
  const actors = new Map<string, Actor>();
  const token = async (username: string) => {
    const origin = { address: '127.0.0.1', network: '127.0.0.0/24', deviceName: 'Firefox on Linux', deviceTokens: [] };
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
