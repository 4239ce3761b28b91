import { describe, expect, it } from 'vitest';
import { chatId, userId } from '../../src/domain/ids.ts';
import { aChatOfTwo, anApp, answerOf, FORM, type Headers, JSON_BODY, PAGE, TEXT } from './client.ts';

const UPGRADE: Headers = { connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };

type Route = readonly [method: string, path: string, headers: Headers, body: string | undefined, answer: string];

/** Every route to a chat, with what a member gets from it. */
const ROUTES: readonly Route[] = [
  ['GET', '/chat/ID', {}, undefined, '200'],
  ['HEAD', '/chat/ID', {}, undefined, '200'],
  ['GET', '/chat/ID?before=1', {}, undefined, '200'],
  ['GET', '/chat/ID/messages', {}, undefined, '200'],
  ['GET', '/chat/ID/messages?before=9&limit=3', {}, undefined, '200'],
  ['POST', '/chat/ID/messages', JSON_BODY, '{"text":"hello"}', '201'],
  ['POST', '/chat/ID/messages', TEXT, 'hello', '201'],
  ['POST', '/chat/ID/messages', FORM, 'text=hello', '303 /chat/ID'],
  ['POST', '/create_invite/ID', {}, '', '201'],
  ['GET', '/chatsocket/ID', {}, undefined, '426 upgrade_required'],
];

/** What a member gets from these is tried where there is a socket. */
const UPGRADES: readonly Route[] = [
  ['GET', '/chatsocket/ID', UPGRADE, undefined, '101'],
  ['GET', '/chatsocket/ID?after=0', UPGRADE, undefined, '101'],
];

describe('AZ-1: a chat', () => {
  it.each(ROUTES)('is open to members at %s %s %o', async (method, path, headers, body, expected) => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const at = (text: string) => text.replace('ID', `${id}`);
    for (const member of [ada, bob]) {
      expect(await answerOf(await member.request(method, at(path), headers, body))).toBe(at(expected));
      const asPage = await member.request(method, at(path), { ...headers, ...PAGE }, body);
      expect(asPage.status).toBe(Number.parseInt(expected, 10));
    }
  });

  it.each([...ROUTES.filter(([, path]) => path !== '/chatsocket/ID'), ...UPGRADES])(
    'is closed to strangers and visitors at %s %s %o',
    async (method, path, headers, body) => {
      const app = await anApp();
      const { ada, bob, eve, nobody, id } = await aChatOfTwo(app);
      const at = path.replace('ID', `${id}`);
      await app.storage.unitOfWork.run((store) => store.members.remove(chatId(id), userId(2)));
      const before = await ada.history(id);
      for (const stranger of [eve, bob]) {
        expect((await stranger.request(method, at, headers, body)).status).toBe(403);
        expect((await stranger.request(method, at, { ...headers, ...PAGE }, body)).status).toBe(403);
      }
      expect((await nobody.request(method, at, headers, body)).status).toBe(401);
      const visited = await nobody.request(method, at, { ...headers, ...PAGE }, body);
      const back = method === 'POST' ? '/' : at;
      const isUpgrade = headers === UPGRADE;
      expect(await answerOf(visited)).toBe(
        isUpgrade ? '401 unauthenticated' : `303 /auth?next=${encodeURIComponent(back)}`,
      );
      expect(await ada.history(id)).toEqual(before);
    },
  );

  it.each([
    ['GET', '/'],
    ['GET', '/invite/abc'],
    ['POST', '/invite/abc'],
    ['POST', '/newchat'],
    ['POST', '/chats'],
    ['POST', '/logout'],
  ])('and %s %s want somebody who is signed in', async (method, path) => {
    const { nobody } = await aChatOfTwo(await anApp());
    expect(await answerOf(await nobody.request(method, path))).toBe('401 unauthenticated');
    const back = method === 'POST' ? '/' : path;
    expect(await answerOf(await nobody.request(method, path, PAGE))).toBe(`303 /auth?next=${encodeURIComponent(back)}`);
  });

  it('leads a visitor whose form was refused back to where the form stood, if that was here', async () => {
    const { nobody, id } = await aChatOfTwo(await anApp());
    const postFrom = async (referer: string) =>
      answerOf(await nobody.postForm(`/chat/${id}/messages`, { text: 'hello' }, { ...PAGE, referer }));
    expect(await postFrom(`http://localhost/chat/${id}?before=3`)).toBe(`303 /auth?next=%2Fchat%2F${id}%3Fbefore%3D3`);
    for (const elsewhere of ['https://host.evil/chat/1', 'http://localhost:8080/chat/1', 'about:blank', 'nonsense']) {
      expect(await postFrom(elsewhere)).toBe('303 /auth?next=%2F');
    }
  });

  it.each(['/chatsocket/ID'])('CS-6: refuses the upgrade of %s to other sites', async (path) => {
    const { ada, id } = await aChatOfTwo(await anApp());
    for (const foreign of [
      { origin: 'https://host.evil' },
      { origin: 'null' },
      { origin: 'http://localhost:8080' },
      { 'sec-fetch-site': 'cross-site', origin: 'http://localhost' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'same-origin', origin: 'https://host.evil' },
    ]) {
      const headers = { ...UPGRADE, ...foreign } as Headers;
      expect(await answerOf(await ada.get(path.replace('ID', `${id}`), headers))).toBe('403 cross_site');
    }
  });
});

describe('AZ-2: an unknown chat', () => {
  it.each([...ROUTES.slice(0, -1), ...UPGRADES])(
    'looks like a closed one at %s %s %o',
    async (method, path, headers, body) => {
      const { eve, id } = await aChatOfTwo(await anApp());
      for (const accept of [{}, PAGE]) {
        const answers = [id, 404, Number.MAX_SAFE_INTEGER].map(async (chat) => {
          const response = await eve.request(method, path.replace('ID', `${chat}`), { ...headers, ...accept }, body);
          return [response.status, [...response.headers], await response.text()];
        });
        const [closed, ...unknown] = await Promise.all(answers);
        expect(closed?.[0]).toBe(403);
        for (const answer of unknown) expect(answer).toEqual(closed);
      }
    },
  );
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
    for (const [method, path, headers, body] of [...ROUTES, ...UPGRADES]) {
      const response = await ada.request(method, path.replace('ID', id), headers, body);
      expect([path, response.status]).toEqual([path, 404]);
    }
    expect(await ada.history(real)).toHaveLength(1);
  });
});
