import { describe, expect, it } from 'vitest';
import { SentForms } from '../../src/adapters/http/requests/sent-forms.ts';
import { readConfig } from '../../src/composition/config.ts';
import { TIMER } from '../../src/composition/tokens.ts';
import { userId } from '../../src/domain/ids.ts';
import { manualTimer } from '../fakes.ts';
import { aChatOfTwo, anApp, answerOf, type Client, PAGE, signedIn } from './client.ts';

/** The hidden ids of all forms on a page, each once. */
const formIdsOf = (page: string): readonly string[] => [
  ...new Set([...page.matchAll(/name="client_id" value="([^"]*)"/g)].map(([, id = '']) => id)),
];

async function formIdOf(client: Client, path: string): Promise<string> {
  const [id = '', ...others] = formIdsOf(await (await client.get(path, PAGE)).text());
  expect(id).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
  expect(others).toEqual([]);
  return id;
}

const textsOf = async (client: Client, id: number) =>
  (await client.history(id)).filter(({ kind }) => kind === 'text').map(({ text }) => text);

describe('a form of a page without script', () => {
  it('has an id that is new at each page, also when the page is kept, so that two tabs share none', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    await ada.say(id, 'hello');
    const paths = [...Array(5).fill(`/chat/${id}`), `/chat/${id}?before=2`, '/', '/'];
    const ids: string[] = [];
    for (const path of paths) ids.push(await formIdOf(ada, path));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('leaves alone what a message says that quotes the id of a page', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const quoted = await formIdOf(ada, `/chat/${id}`);
    await ada.say(id, quoted);
    for (let time = 0; time < 4; time++)
      expect(await (await ada.get(`/chat/${id}`, PAGE)).text()).toContain(`${quoted}</`);
  });
});

describe('a message that is sent by a form', () => {
  it('is posted once when it is sent twice, at once or later, and leads to the chat each time', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const client_id = await formIdOf(ada, `/chat/${id}`);
    const send = async () => answerOf(await ada.postForm(`/chat/${id}/messages`, { text: 'hello', client_id }, PAGE));
    expect(await Promise.all([send(), send()])).toEqual([`303 /chat/${id}`, `303 /chat/${id}`]);
    expect(await send()).toBe(`303 /chat/${id}`);
    expect(await textsOf(ada, id)).toEqual(['hello']);
  });

  it('is another message after going back and changing the words, and that one too comes once', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const client_id = await formIdOf(ada, `/chat/${id}`);
    const send = async (text: string) =>
      answerOf(await ada.postForm(`/chat/${id}/messages`, { text, client_id }, PAGE));
    for (const text of ['one', 'two', 'two', 'one', 'three']) expect(await send(text)).toBe(`303 /chat/${id}`);
    expect(await textsOf(ada, id)).toEqual(['one', 'two', 'three']);
  });

  it('is a conflict for programs, which choose their ids', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const send = async (text: string) =>
      answerOf(await ada.postForm(`/chat/${id}/messages`, { text, client_id: 'mine' }));
    expect([await send('one'), await send('two')]).toEqual([`303 /chat/${id}`, '409 conflict']);
  });

  it('comes back with its words and its id when there was too much at once', async () => {
    const timer = manualTimer();
    const app = await anApp({ limits: readConfig({}).limits }, (wiring) => wiring.bind(TIMER, () => timer));
    const { ada, id } = await aChatOfTwo(app);
    timer.advance(60_000);
    const client_id = await formIdOf(ada, `/chat/${id}`);
    let refused: Response | undefined;
    for (let n = 0; n < 40 && !refused; n += 1) {
      const answer = await ada.postForm(`/chat/${id}/messages`, { text: `<${n}>`, client_id }, PAGE);
      if (answer.status !== 303) refused = answer;
    }
    expect([refused?.status, refused?.headers.get('retry-after')]).toEqual([429, '1']);
    const page = (await refused?.text()) ?? '';
    expect(page).toMatch(/&lt;\d+&gt;<\/textarea>/);
    expect(formIdsOf(page)).toEqual([client_id]);
  });

  it('comes back with its words and a good id when its id is none', async () => {
    const { ada, id } = await aChatOfTwo(await anApp());
    const answer = await ada.postForm(`/chat/${id}/messages`, { text: 'kept', client_id: '' }, PAGE);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toContain('kept</textarea>');
    expect(formIdsOf(page)[0]).toMatch(/^[\w-]{36}$/);
  });
});

describe('a chat that is started by a form', () => {
  const start = async (client: Client, chat_name: string, client_id: string) =>
    answerOf(await client.postForm('/chats', { chat_name, client_id }, PAGE));

  it('is one chat when it is sent twice, and another under another name, by another form or person', async () => {
    const app = await anApp();
    const [ada, bob] = [await signedIn(app, 'ada'), await signedIn(app, 'bob')];
    const form = await formIdOf(ada, '/');
    expect(await Promise.all([start(ada, 'Den', form), start(ada, 'Den', form)])).toEqual([
      '303 /chat/1',
      '303 /chat/1',
    ]);
    expect(await start(ada, 'Den', form)).toBe('303 /chat/1');
    expect(await start(ada, 'Quay', form)).toBe('303 /chat/2');
    expect(await start(ada, 'Den', await formIdOf(ada, '/'))).toBe('303 /chat/3');
    expect(await start(bob, 'Den', form)).toBe('303 /chat/4');
  });

  it('may be tried again after a refusal', async () => {
    const app = await anApp();
    const ada = await signedIn(app, 'ada');
    const form = await formIdOf(ada, '/');
    app.storage.failCommits = true;
    expect(await start(ada, 'Den', form)).toBe('503');
    app.storage.failCommits = false;
    expect(await start(ada, 'Den', form)).toMatch(/^303 \/chat\/\d+$/);
  });
});

describe('an invite that is made by a form', () => {
  it('is one link when it is sent twice', async () => {
    const { ada, bob, id } = await aChatOfTwo(await anApp());
    const client_id = await formIdOf(ada, `/chat/${id}`);
    const create = async (client: Client) => {
      const answer = await client.postForm(`/create_invite/${id}`, { client_id }, PAGE);
      expect(answer.status).toBe(201);
      return /\/invite\/([\w-]+)/.exec(await answer.text())?.[1];
    };
    const first = await create(ada);
    expect(first).toBeDefined();
    expect(await create(ada)).toBe(first);
    expect(await create(bob)).not.toBe(first);
  });

  it('is shown to nobody who is not a member any more', async () => {
    const { bob, id } = await aChatOfTwo(await anApp());
    const form = { client_id: await formIdOf(bob, `/chat/${id}`) };
    await bob.postForm(`/create_invite/${id}`, form, PAGE);
    await bob.post(`/chat/${id}/leave`);
    expect((await bob.postForm(`/create_invite/${id}`, form, PAGE)).status).toBe(403);
  });
});

describe('a form that has done what it asks for', () => {
  it('leads where it led at first: leaving, removing, renaming and joining', async () => {
    const { ada, bob, eve, id } = await aChatOfTwo(await anApp());
    const code = await ada.invite(id);
    const twice = async (client: Client, path: string, fields = {}) => {
      const send = async () => answerOf(await client.postForm(path, fields, PAGE));
      return [await send(), await send()];
    };
    expect(await twice(eve, `/invite/${code}`)).toEqual(Array(2).fill(`303 /chat/${id}`));
    expect(await twice(ada, `/chat/${id}/name`, { chat_name: 'Quay' })).toEqual(Array(2).fill(`303 /chat/${id}`));
    expect(await twice(ada, `/chat/${id}/members/3/remove`)).toEqual(Array(2).fill(`303 /chat/${id}/members`));
    expect(await twice(bob, `/chat/${id}/leave`)).toEqual(['303 /', '303 /']);
    const notices = (await ada.history(id)).filter(({ kind }) => kind === 'notice').map(({ text }) => text);
    expect(notices.slice(-4)).toEqual(['eve joined', 'ada renamed the chat to “Quay”', 'ada removed eve', 'bob left']);
  });

  it('tells no stranger whether a chat is there, and lets no member remove anybody', async () => {
    const { bob, eve, id } = await aChatOfTwo(await anApp());
    for (const chat of [id, 404]) {
      expect((await eve.postForm(`/chat/${chat}/leave`, {}, PAGE)).status).toBe(403);
      expect((await eve.postForm(`/chat/${chat}/members/2/remove`, {}, PAGE)).status).toBe(403);
    }
    expect((await bob.postForm(`/chat/${id}/members/404/remove`, {}, PAGE)).status).toBe(403);
  });
});

describe('forms that were sent', () => {
  it('are remembered up to a number, past which the oldest counts as new', async () => {
    const forms = new SentForms<number>();
    let done = 0;
    const act = async () => {
      done += 1;
      return done;
    };
    const send = (id: number) => forms.once({ user: userId(1), id: `form-${id}`, words: '' }, act);
    for (let id = 0; id <= 10_000; id += 1) await send(id);
    expect([await send(1), await send(0)]).toEqual([2, 10_002]);
  });
});
