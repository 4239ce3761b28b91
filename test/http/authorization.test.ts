import { describe, expect, it } from 'vitest';
import { chatId, userId } from '../../src/domain/ids.ts';
import { aBan, NOW } from '../builders.ts';
import { upgradeStatus } from '../websocket/chat-client.ts';
import {
  addressOf,
  answerTo,
  CALLERS,
  type Caller,
  isOfChat,
  isUpgrade,
  methodOf,
  ROWS,
  type Row,
} from './authorization-rows.ts';
import {
  aChatOfTwo,
  anApp,
  answerOf,
  type Client,
  type Headers,
  PAGE,
  signedIn,
  TEXT,
  type TestApp,
  withoutFormIds,
} from './client.ts';

/** A chat of two, in which Dora is a moderator, which Cyd has left, and from which Finn is banned; and an invite to it. Gus administers, Hal is deactivated. */
async function aChatOfRoles(app: TestApp) {
  const { ada, bob, eve, nobody, id } = await aChatOfTwo(app);
  const code = await ada.invite(id);
  const cyd = await signedIn(app, 'cyd');
  expect((await cyd.get(`/invite/${code}`)).status).toBe(303);
  await bob.post(`/chat/${id}/files`, 'notes', TEXT);
  expect((await bob.postJson(`/chat/${id}/messages`, { text: 'mine', files: [1] })).status).toBe(201);
  const dora = await signedIn(app, 'dora');
  expect((await dora.get(`/invite/${code}`)).status).toBe(303);
  const finn = await signedIn(app, 'finn');
  expect((await finn.get(`/invite/${code}`)).status).toBe(303);
  const gus = await signedIn(app, 'gus');
  const hal = await signedIn(app, 'hal');
  await app.storage.unitOfWork.run(async (store) => {
    // The first account administers, which the owner of the chat shall not.
    await store.administration.setAdministrator(userId(1), null);
    await store.administration.setAdministrator(userId(7), NOW);
    await store.administration.setDeactivated(userId(8), NOW);
    for (const { id: session } of await store.sessions.ofUser(userId(8))) await store.sessions.remove(session);
    await store.members.remove(chatId(id), userId(4));
    await store.members.remove(chatId(id), userId(6));
    await store.bans.put(aBan({ chatId: chatId(id), userId: userId(6), by: userId(1) }));
    await store.members.setRole(chatId(id), userId(5), 'moderator');
  });
  const clients: Record<Caller, Client> = {
    owner: ada,
    moderator: dora,
    member: bob,
    former: cyd,
    banned: finn,
    stranger: eve,
    anonymous: nobody,
    administrator: gus,
    deactivated: hal,
  };
  const seen = async () => [await ada.history(id), withoutFormIds(await (await ada.get('/', PAGE)).text())];
  return { clients, id, code, seen };
}

async function anAppOfRoles() {
  const app = await anApp();
  return { app, chat: await aChatOfRoles(app) };
}

const cells = ROWS.flatMap((row) =>
  CALLERS.map((role) => ({ row, role, expected: answerTo(row.answers, role) ?? '' })),
);
const named = (row: Row) => `${row.route}${row.query ?? ''} ${row.headers?.['content-type'] ?? ''}`.trim();
const isRefused = (answer: string) => /^4(01|03) /.test(answer);

describe('AZ-1: the matrix', () => {
  it('has a row for every route of the app, and no other', async () => {
    const { http } = await anApp();
    const routes = http.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`);
    expect([...new Set(ROWS.map(({ route }) => route))].toSorted()).toEqual([...new Set(routes)].toSorted());
    // A handler for every method of a path would need its own row.
    expect(new Set(http.routes.filter(({ method }) => method === 'ALL').map(({ path }) => path))).toEqual(
      new Set(['/*']),
    );
  });

  it.each(cells.map((cell) => [named(cell.row), cell.role, cell.expected, cell] as const))(
    'AZ-1: answers %s by the %s with %s',
    async (_route, _role, _expected, { row, role, expected }) => {
      let { app, chat } = await anAppOfRoles();
      const before = await chat.seen();
      for (const [n, accept] of [{}, { accept: 'application/json' }, PAGE].entries()) {
        // What is refused changes nothing, as is asserted below: the same app can be asked again.
        if (n > 0 && !isRefused(expected)) ({ app, chat } = await anAppOfRoles());
        const address = addressOf(row, chat);
        if (isUpgrade(row))
          expect(await upgraded(app, chat.clients[role], { row, address })).toBe(Number.parseInt(expected, 10));
        if (isUpgrade(row) && !isRefused(expected)) return;
        const wanted = expectedFor({ row, role, expected, address, isPage: accept === PAGE });
        const answered = await answerOf(await asked(chat.clients[role], row, address, accept));
        expect(answered).toBe(wanted.replace(':id', `${chat.id}`).replace(':code', chat.code));
        if (isRefused(expected)) expect(await chat.seen()).toEqual(before);
      }
    },
  );

  it.each(ROWS.filter((row) => isOfChat(row) && methodOf(row) === 'GET').map((row) => [named(row), row] as const))(
    'AZ-1: answers HEAD as it answers %s',
    async (_route, row) => {
      const chat = await aChatOfRoles(await anApp());
      const expected = (role: Caller) => answerTo(row.answers, role) ?? '';
      for (const role of CALLERS.filter((one) => !isUpgrade(row) || isRefused(expected(one)))) {
        const head = await chat.clients[role].request('HEAD', addressOf(row, chat), row.headers);
        expect(head.status).toBe(Number.parseInt(expected(role), 10));
      }
    },
  );
});

function asked(client: Client, row: Row, address: string, accept: Headers): Promise<Response> {
  return client.request(methodOf(row), address, { ...row.headers, ...accept }, row.body);
}

async function upgraded(
  app: TestApp,
  { token }: Client,
  { row, address }: { readonly row: Row; readonly address: string },
): Promise<number | undefined> {
  const { url } = await app.listen();
  const cookie = token && `session_token=${token}`;
  const protocol = row.headers?.['sec-websocket-protocol'];
  const protocols = protocol === undefined ? [] : [protocol];
  return upgradeStatus({ url: new URL(address, url).href.replace('http', 'ws'), cookie }, protocols);
}

/** People get pages with the same status; signed-out visitors are sent to the sign-in, which leads back. */
function expectedFor(cell: { row: Row; role: Caller; expected: string; address: string; isPage: boolean }): string {
  const { row, role, expected, address, isPage } = cell;
  if (!isPage || isUpgrade(row)) return expected;
  const special = row.pages && answerTo(row.pages, role);
  if (special !== undefined) return special;
  if (expected !== '401 unauthenticated') return expected.replace(/ [a-z_]+$/, '');
  return `303 /auth?next=${encodeURIComponent(methodOf(row) === 'GET' ? address : '/')}`;
}

describe('AZ-1: who is signed out', () => {
  it('is led back to where a form stood that was refused, if that was here', async () => {
    const { nobody, id } = await aChatOfTwo(await anApp());
    const postFrom = async (referer: string) =>
      answerOf(await nobody.postForm(`/chat/${id}/messages`, { text: 'hello' }, { ...PAGE, referer }));
    expect(await postFrom(`http://localhost/chat/${id}?before=3`)).toBe(`303 /auth?next=%2Fchat%2F${id}%3Fbefore%3D3`);
    for (const elsewhere of ['https://host.evil/chat/1', 'http://localhost:8080/chat/1', 'about:blank', 'nonsense']) {
      expect(await postFrom(elsewhere)).toBe('303 /auth?next=%2F');
    }
  });
});

describe('an upgrade', () => {
  it.each(ROWS.filter(isUpgrade))('CS-6: is refused to other sites: $route$query', async (row) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const foreign of [
      { origin: 'https://host.evil' },
      { origin: 'null' },
      { origin: 'http://localhost:8080' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'same-origin', origin: 'https://host.evil' },
    ]) {
      const answer = await asked(ada, row, addressOf(row, { id, code: '' }), foreign as Headers);
      expect(await answerOf(answer)).toBe('403 cross_site');
    }
  });
});

const chatRows = ROWS.filter((row) => isOfChat(row) && row.answers.stranger.startsWith('403'));

describe('AZ-2: an unknown chat', () => {
  it.each(chatRows.map((row) => [named(row), row] as const))('looks like a closed one at %s', async (_route, row) => {
    const { eve, id } = await aChatOfTwo(await anApp());
    for (const accept of [{}, PAGE]) {
      const answers = [id, 404, Number.MAX_SAFE_INTEGER].map(async (chat) => {
        const response = await asked(eve, row, addressOf(row, { id: chat, code: '' }), accept);
        return [response.status, [...response.headers], await response.text()];
      });
      const [closed, ...unknown] = await Promise.all(answers);
      expect(closed?.[0]).toBe(403);
      for (const answer of unknown) expect(answer).toEqual(closed);
    }
  });
});

describe('AZ-3: an id that is not canonical', () => {
  it.each([
    '01',
    '1.0',
    '%201',
    '1%20',
    '1e0',
    '+1',
    '%2B1',
    '1%00',
    '-1',
    '0',
    '0x1',
    '1_0',
    '١',
    '%EF%BC%91',
    '%E0%A4%A',
    '1abc',
    'NaN',
    '9007199254740992',
    '18446744073709551616',
    '1'.repeat(400),
  ])('finds nothing: %s', async (id) => {
    const { ada, id: real } = await aChatOfTwo(await anApp());
    expect(real).toBe(1);
    for (const row of ROWS.filter(isOfChat)) {
      const response = await asked(ada, row, addressOf(row, { id, code: '' }), {});
      expect([row.route, response.status]).toEqual([row.route, 404]);
    }
    expect(await ada.history(real)).toHaveLength(1);
  });
});
