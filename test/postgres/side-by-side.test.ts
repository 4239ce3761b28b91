import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { makeMemoryBlobs } from '../../src/adapters/memory/blobs.ts';
import { openPostgresStorage } from '../../src/adapters/postgres/storage.ts';
import { noBudgets } from '../../src/adapters/rate-limiter/budgets.ts';
import { noRateLimits } from '../../src/adapters/rate-limiter/rate-limits.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import { systemSecrets } from '../../src/adapters/system/secrets.ts';
import { makeApplyRetention } from '../../src/application/jobs/apply-retention.ts';
import type { Storage } from '../../src/application/ports/storage.ts';
import { makeLeaveChat } from '../../src/application/use-cases/chats/leave-chat.ts';
import { makeRedeemInvite } from '../../src/application/use-cases/chats/redeem-invite.ts';
import { makeRemoveMember } from '../../src/application/use-cases/chats/remove-member.ts';
import { makeSetRole } from '../../src/application/use-cases/chats/set-role.ts';
import { makeOpenDirectChat } from '../../src/application/use-cases/direct/open-direct-chat.ts';
import { makePostMessage } from '../../src/application/use-cases/messages/post-message.ts';
import { makeBanMember } from '../../src/application/use-cases/moderation/ban-member.ts';
import { makeSetArchived } from '../../src/application/use-cases/moderation/set-archived.ts';
import { makeSetSlowMode } from '../../src/application/use-cases/moderation/set-slow-mode.ts';
import { makeUndoAct } from '../../src/application/use-cases/moderation/undo-act.ts';
import type { Chat } from '../../src/domain/chats/chat.ts';
import { revision } from '../../src/domain/chats/chat.ts';
import { inviteId } from '../../src/domain/chats/invite.ts';
import type { User } from '../../src/domain/identity/user.ts';
import { textOf } from '../../src/domain/messages/message.ts';
import { actId } from '../../src/domain/moderation/act.ts';
import { aMembership, anActor, anInviteTo, insertChat, insertMessage, insertUser } from '../builders.ts';
import { noCards, recordingBroadcast, recordingLog, stoppedClock } from '../fakes.ts';
import { PostgresServer } from './postgres-server.ts';

let server: PostgresServer;
let schemas = 0;

beforeAll(async () => {
  server = await PostgresServer.start();
});

afterAll(() => server.remove());

async function openInstance(url: string, units: number[] = []) {
  const measurements = { ...noMeasurements, committed: (count: number) => void units.push(count) };
  const storage = await openPostgresStorage(url, { measurements });
  onTestFinished(() => storage.close());
  return storage;
}

async function openWithChats() {
  schemas += 1;
  const url = await server.schema(`side_by_side_${schemas}`);
  const units: number[] = [];
  const storage = await openInstance(url, units);
  const people = await storage.unitOfWork.run(async (store) => {
    const [ada, eve] = [await insertUser(store, 'ada'), await insertUser(store, 'eve')];
    return { ada, eve, one: await insertChat(store, 'One', ada), other: await insertChat(store, 'Other', ada) };
  });
  units.length = 0;
  return { url, storage, units, ...people };
}

function poster(storage: Storage) {
  const deps = {
    broadcast: recordingBroadcast(),
    clock: stoppedClock(),
    log: recordingLog(),
    measurements: noMeasurements,
    budgets: noBudgets,
    cardRules: noCards,
  };
  const postMessage = makePostMessage({ ...storage, ...deps });
  return (user: User, chat: Chat, clientId: string) =>
    postMessage(anActor(user), { chatId: chat.id, text: clientId, clientId });
}

const textsOf = async (storage: Storage, chat: Chat) =>
  (await storage.view.messages.changedAfter(chat.id, revision(0), 1_000)).map(textOf);

const names = (prefix: string, count: number) => Array.from({ length: count }, (_, index) => `${prefix}-${index}`);

it('posts that wait together share a commit, which is measured, and keep their order', async () => {
  const { storage, units, ada, one } = await openWithChats();
  const post = poster(storage);
  await Promise.all(names('a', 50).map((name) => post(ada, one, name)));
  expect(await textsOf(storage, one)).toEqual(names('a', 50));
  expect(units.reduce((sum, count) => sum + count, 0)).toBe(50);
  expect(units.length).toBeLessThan(10);
});

it('PG-1: one that is refused, and one that is sent twice, harm none of those beside them', async () => {
  const { storage, ada, eve, one } = await openWithChats();
  const post = poster(storage);
  const [, refused, first, again] = await Promise.allSettled([
    post(ada, one, 'a'),
    post(eve, one, 'b'),
    post(ada, one, 'c'),
    post(ada, one, 'c'),
    post(ada, one, 'd'),
  ]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { code: 'forbidden' } });
  expect([first, again]).toMatchObject([{ value: { isNew: true } }, { value: { isNew: false } }]);
  expect(await textsOf(storage, one)).toEqual(['a', 'c', 'd']);
});

it.each([
  ['a character without a counterpart in its encoding', '22P05'],
  ['another data exception', '22001'],
  ['a constraint', '23514'],
  ['an index row that is too large', '54000'],
  ['what a trigger of somebody else raises', 'P0001'],
])('a post that can never be stored is refused, and those beside it are stored: %s', async (_what, code) => {
  const { url, storage, ada, one } = await openWithChats();
  const schema = `side_by_side_${schemas}`;
  await server.query(`
    create function ${schema}.poison() returns trigger language plpgsql as $$ begin
      if new.text like 'poison%' then raise exception 'never' using errcode = '${code}'; end if;
      return new;
    end $$;
    create trigger poison before insert on ${schema}.messages for each row execute function ${schema}.poison()`);
  expect(url).toContain(schema);
  const post = poster(storage);
  for (let round = 0; round < 2; round += 1) {
    const texts = [`a${round}`, `poison-${round}`, `b${round}`, `c${round}`];
    const results = await Promise.allSettled(texts.map((text) => post(ada, one, text)));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { name: 'DomainError', code: 'invalid_message' } });
  }
  expect(await textsOf(storage, one)).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1']);
});

it('two instances that post to the same chats in opposite order store everything, once', async () => {
  const { url, storage, ada, one, other } = await openWithChats();
  const [here, there] = [poster(storage), poster(await openInstance(url))];
  const chats = [one, other];
  await Promise.all([
    ...names('here', 100).map((name, index) => here(ada, chats[index % 2] ?? one, name)),
    ...names('there', 100).map((name, index) => there(ada, chats[(index + 1) % 2] ?? one, name)),
  ]);
  const stored = await Promise.all(chats.map((chat) => textsOf(storage, chat)));
  expect(stored.map((texts) => new Set(texts).size)).toEqual([100, 100]);
  expect(stored.flat()).toHaveLength(200);
});

it('PG-1: who is refused again and again holds up nobody', async () => {
  const { storage, ada, eve, one } = await openWithChats();
  const post = poster(storage);
  let isOver = false;
  const stranger = async () => {
    for (let n = 0; !isOver; n += 1) await post(eve, one, `let-me-in-${n}`).catch(() => undefined);
  };
  const strangers = Array.from({ length: 5 }, stranger);
  for (const name of names('a', 20)) await post(ada, one, name);
  isOver = true;
  await Promise.all(strangers);
  expect(await textsOf(storage, one)).toEqual(names('a', 20));
});

it('an owner leaves, and who inherits the chat posts to it meanwhile: neither waits for the other in a circle', async () => {
  const { url, storage, ada, eve, one } = await openWithChats();
  await storage.unitOfWork.run((store) => store.members.add(aMembership({ chatId: one.id, userId: eve.id })));
  const there = await openInstance(url);
  const leave = makeLeaveChat({ unitOfWork: there.unitOfWork, broadcast: recordingBroadcast(), clock: stoppedClock() });
  const circles = 'select deadlocks from pg_stat_database where datname = current_database()';
  const before = (await server.query(circles)).rows[0];
  const posts = names('a', 30).map((name) => poster(storage)(eve, one, name));
  await Promise.all([...posts, leave(anActor(ada), one.id)]);
  expect((await server.query(circles)).rows[0]).toEqual(before);
});

it('50 simultaneous openings of a direct chat on two instances make one chat', async () => {
  const { url, storage: here, ada, one } = await openWithChats();
  const there = await openInstance(url);
  const bob = await here.unitOfWork.run(async (store) => {
    const bob = await insertUser(store, 'bob');
    await store.members.add(aMembership({ chatId: one.id, userId: bob.id }));
    return bob;
  });
  const deps = { broadcast: recordingBroadcast(), clock: stoppedClock(), rateLimits: noRateLimits };
  const [openHere, openThere] = [makeOpenDirectChat({ ...here, ...deps }), makeOpenDirectChat({ ...there, ...deps })];
  const opened = await Promise.all(
    Array.from({ length: 50 }, (_, n) => {
      const open = n % 2 === 0 ? openHere : openThere;
      return n % 4 < 2 ? open(anActor(ada), { usernames: ['bob'] }) : open(anActor(bob), { usernames: ['ada'] });
    }),
  );
  expect(new Set(opened.map(({ chatId }) => chatId)).size).toBe(1);
  expect(opened.filter(({ isNew }) => isNew)).toHaveLength(1);
  const listed = await there.view.chats.summariesOfUser(bob.id);
  expect(listed.filter(({ people }) => people).map(({ id, members }) => [id, members])).toEqual([
    [opened[0]?.chatId, 2],
  ]);
});

it('50 parallel redemptions of a link with one use, on two instances, admit one', async () => {
  const { url, storage: here, ada, one } = await openWithChats();
  const there = await openInstance(url);
  const secrets = { ...systemSecrets, digest: (code: string) => code };
  const deps = { broadcast: recordingBroadcast(), clock: stoppedClock(), secrets };
  const people = await here.unitOfWork.run(async (store) => {
    await store.invites.add(anInviteTo(one, ada, { id: inviteId('code'), maxUses: 1 }));
    const users: User[] = [];
    for (let n = 0; n < 50; n += 1) users.push(await insertUser(store, `guest ${n}`));
    return users;
  });
  const [redeemHere, redeemThere] = [makeRedeemInvite({ ...here, ...deps }), makeRedeemInvite({ ...there, ...deps })];
  const redeemed = await Promise.allSettled(
    people.map((user, n) => (n % 2 === 0 ? redeemHere : redeemThere)(anActor(user), 'code')),
  );
  expect(redeemed.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const one of redeemed) if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'not_found' });
  expect(await there.view.members.count(one.id)).toBe(2);
});

it('MO-1: of posts at once on two instances to a slow chat, one is stored', async () => {
  const { url, storage, eve, one } = await openWithChats();
  const there = await openInstance(url);
  await storage.unitOfWork.run(async (store) => {
    await store.members.add(aMembership({ chatId: one.id, userId: eve.id }));
    await store.chats.setSlowMode(one.id, 60);
  });
  const posts = [storage, there].flatMap((instance, side) =>
    names(`s${side}-`, 10).map((name) => poster(instance)(eve, one, name)),
  );
  const ended = await Promise.allSettled(posts);
  expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const end of ended.filter(({ status }) => status === 'rejected'))
    expect(end).toMatchObject({ reason: { code: 'slow_mode' } });
  expect(await textsOf(storage, one)).toHaveLength(1);
});

it('MO-4: nothing is posted behind the archiving of a chat, on whatever instance', async () => {
  const { url, storage, ada, one } = await openWithChats();
  const there = await openInstance(url);
  const clock = stoppedClock();
  const setArchived = makeSetArchived({ ...there, broadcast: recordingBroadcast(), clock });
  const posts = (round: string) =>
    [storage, there].flatMap((instance, side) =>
      names(`${round}${side}`, 10).map((name) => poster(instance)(ada, one, name)),
    );
  const early = posts('early');
  const archived = setArchived(anActor(ada), { chatId: one.id, isArchived: true });
  const ended = await Promise.allSettled([...early, ...posts('late')]);
  await archived;
  for (const end of ended.filter(({ status }) => status === 'rejected'))
    expect(end).toMatchObject({ reason: { code: 'archived' } });
  const texts = await textsOf(storage, one);
  expect(texts.at(-1)).toBe('ada archived the chat');
  expect(texts).toHaveLength(1 + ended.filter(({ status }) => status === 'fulfilled').length);
});

it('MO-5: of two runs of a job that erases old messages, at once on two instances, one goes on', async () => {
  const { url, storage, ada, one } = await openWithChats();
  const instances = [storage, await openInstance(url)];
  const clock = stoppedClock();
  await storage.unitOfWork.run(async (store) => {
    for (let n = 0; n < 20; n += 1) await insertMessage(store, one, ada, { clientId: null, sentAt: clock.now() - 1 });
    await store.chats.setRetention(one.id, 1);
  });
  clock.advance(86_400_000);
  const runs = instances.map((instance) => {
    const run = makeApplyRetention({ ...instance, broadcast: recordingBroadcast(), clock, blobs: makeMemoryBlobs() });
    return run({ kind: 'apply_retention', chatId: one.id, version: 1 }, { isLast: false });
  });
  const ended = await Promise.allSettled(runs);
  expect(ended.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0);
  expect(await textsOf(storage, one)).toEqual([]);
  expect((await storage.view.chats.find(one.id))?.retention).toMatchObject({ version: 2, erasedTo: 20 });
});

it('MO-3: of two undoings of an act at once on two instances, one is done; the server refuses to change acts', async () => {
  const { url, storage, ada, one } = await openWithChats();
  const clock = stoppedClock();
  const instances = [storage, await openInstance(url)];
  const deps = { broadcast: recordingBroadcast(), clock };
  await makeSetSlowMode({ ...deps, unitOfWork: storage.unitOfWork })(anActor(ada), { chatId: one.id, seconds: 5 });
  const [act] = await storage.view.acts.list(one.id, undefined, 1);
  const id = act?.act.id ?? actId(0);
  const undone = await Promise.allSettled(
    instances.map((instance) => makeUndoAct({ ...deps, ...instance })(anActor(ada), { chatId: one.id, id })),
  );
  expect(undone.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(undone.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict' } });
  expect(await storage.view.acts.list(one.id, undefined, 9)).toHaveLength(2);
  await expect(server.query(`delete from side_by_side_${schemas}.acts`)).rejects.toThrow('acts are never changed');
});

it('500 messages are deleted with their author in one act, which can be undone', { timeout: 30_000 }, async () => {
  const { storage, ada, eve, one } = await openWithChats();
  await storage.unitOfWork.run((store) => store.members.add(aMembership({ chatId: one.id, userId: eve.id })));
  await Promise.all(names('spam ', 500).map((name) => poster(storage)(eve, one, name.replace(' ', '-'))));
  const deps = { broadcast: recordingBroadcast(), clock: stoppedClock(), ...storage };
  const removal = { chatId: one.id, userId: eve.id, reason: 'spam', deleteHours: 1 };
  const begun = performance.now();
  await makeRemoveMember(deps)(anActor(ada), removal);
  // A transaction that has not reached its commit within five seconds is given up.
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(new Set(await textsOf(storage, one))).toEqual(new Set(['', 'ada removed eve']));
  const [act] = await storage.view.acts.list(one.id, undefined, 9);
  expect(act?.act.changes.filter(({ aspect }) => aspect === 'message')).toHaveLength(500);
  await makeUndoAct(deps)(anActor(ada), { chatId: one.id, id: act?.act.id ?? actId(0) });
  expect((await textsOf(storage, one)).filter((text) => text.startsWith('spam-'))).toHaveLength(500);
});

it('a ban on one instance and an invite that is redeemed on the other leave the banned person outside', async () => {
  const { url, storage, ada, eve, one } = await openWithChats();
  const there = await openInstance(url);
  const clock = stoppedClock();
  const invite = anInviteTo(one, ada);
  await storage.unitOfWork.run(async (store) => {
    await store.invites.add({ ...invite, id: inviteId(systemSecrets.digest('code')) });
    await insertMessage(store, one, eve);
  });
  const deps = { broadcast: recordingBroadcast(), clock, secrets: systemSecrets };
  const ban = makeBanMember({ ...deps, unitOfWork: storage.unitOfWork });
  const redeem = makeRedeemInvite({ ...deps, unitOfWork: there.unitOfWork });
  await Promise.allSettled([
    redeem(anActor(eve), 'code'),
    ban(anActor(ada), { chatId: one.id, userId: eve.id, reason: 'spam' }),
  ]);
  expect(await storage.view.bans.find(one.id, eve.id)).toMatchObject({ by: ada.id });
  expect(await storage.view.members.find(one.id, eve.id)).toBeUndefined();
});

it('of two who are made the owner at once on two instances, one is: a chat has one owner', async () => {
  const { url, storage, ada, eve, one } = await openWithChats();
  const zoe = await storage.unitOfWork.run(async (store) => {
    const user = await insertUser(store, 'zoe');
    for (const { id } of [eve, user]) await store.members.add(aMembership({ chatId: one.id, userId: id }));
    return user;
  });
  const setters = [storage, await openInstance(url)].map(({ unitOfWork }) =>
    makeSetRole({ unitOfWork, broadcast: recordingBroadcast(), clock: stoppedClock() }),
  );
  const set = (index: number, by: User, { id }: User) =>
    setters[index]?.(anActor(by), { chatId: one.id, userId: id, role: 'owner' });
  const given = await Promise.allSettled([set(0, ada, eve), set(1, ada, zoe)]);
  expect(given.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const roles = (await storage.view.members.list(one.id, undefined, 10)).map(({ role }) => role);
  expect(roles.toSorted()).toEqual(['member', 'moderator', 'owner']);
});
