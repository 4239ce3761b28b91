import { describe, expect, it } from 'vitest';
import { archiveOf } from './archive-of.ts';
import { aChatOfTwo, anApp, answerOf, type Client, jsonOf, PAGE, signedIn } from './client.ts';

const rowsOf = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

const send = async (client: Client, id: number, { name, bytes }: { name: string; bytes: string }) => {
  const headers = { 'x-file-name': encodeURIComponent(name) };
  const file = await jsonOf<{ id: number }>(await client.post(`/chat/${id}/files`, bytes, headers), 201);
  await client.postJson(`/chat/${id}/messages`, { files: [file.id] });
  return file.id;
};

/** Ada owns a chat with Bob; she wrote, edited and deleted, and he answered and reacted. */
async function aConversation() {
  const app = await anApp();
  const { ada, bob, id } = await aChatOfTwo(app);
  await ada.say(id, 'the first words');
  await ada.patchJson(`/chat/${id}/messages/2`, { text: '**strong** words <b>', revision: 2 });
  await jsonOf(await bob.postJson(`/chat/${id}/messages`, { text: 'a reply', reply_to: 2 }), 201);
  await jsonOf(await bob.request('PUT', `/chat/${id}/messages/2/reactions/${encodeURIComponent('👍')}`), 200);
  await ada.say(id, 'a canary to delete');
  await jsonOf(await ada.request('DELETE', `/chat/${id}/messages/6`), 200);
  return { app, ada, bob, id };
}

describe('exporting a chat', () => {
  it('has every message with its versions and reactions, the members, and nothing that was deleted', async () => {
    const { ada, id } = await aConversation();
    const response = await ada.get(`/chat/${id}/export`);
    expect(response.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="chat-${id}-\\d{4}-\\d\\d-\\d\\d\\.zip"$`),
    );
    const files = await archiveOf(response);
    expect([...files.keys()]).toEqual([
      ...['index.html', 'chat.json', 'members-1.jsonl', 'messages-1.jsonl', 'acts-1.jsonl'],
    ]);
    expect(JSON.parse(files.get('chat.json') ?? '')).toMatchObject({
      ...{ format: 'shoal.chat', version: 1, installation: expect.any(String), has_acts: true },
      exported_by: { username: 'ada' },
      chat: { id, kind: 'group', name: 'Lobby' },
    });
    expect(rowsOf(files.get('members-1.jsonl'))).toMatchObject([
      { username: 'ada', role: 'owner' },
      { username: 'bob', role: 'member' },
    ]);
    expect(rowsOf(files.get('messages-1.jsonl'))).toMatchObject([
      { position: 1, kind: 'notice' },
      {
        ...{ position: 2, text: '**strong** words <b>', author: { username: 'ada' } },
        versions: [{ text: 'the first words', written_at: expect.any(String) }],
        reactions: [{ emoji: '👍', count: 1, users: [{ username: 'bob' }] }],
      },
      { position: 4, text: 'a reply', reply_to: { position: 2 }, versions: [], reactions: [] },
      { position: 6, kind: 'deleted', text: '' },
    ]);
    expect([...files.values()].join()).not.toContain('canary');
  });

  it('is a page that runs only the script of its search, and shows words as they are formatted', async () => {
    const { ada, id } = await aConversation();
    const html = (await archiveOf(await ada.get(`/chat/${id}/export`))).get('index.html') ?? '';
    expect(html).toContain('<strong>strong</strong> words &lt;b&gt;');
    expect(html).toMatch(
      /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;;[^"]*script-src &#39;sha256-/,
    );
    expect(html.match(/<script/g)).toHaveLength(1);
    for (const outside of [/ src="https?:/, /<link/, /href="\//, /src="\//]) expect(html).not.toMatch(outside);
    expect(html.match(/<section>/g)?.length).toBe(html.match(/<\/section>/g)?.length);
  });

  it('EX-1: gives members what they see, without what only the owner and moderators do', async () => {
    const { app, ada, bob, id } = await aConversation();
    const eve = await signedIn(app, 'eve');
    const other = await jsonOf<{ id: number }>(await eve.postJson('/newchat', { chat_name: 'Den' }), 201);
    await eve.say(other.id, 'a canary of another chat');
    const files = await archiveOf(await bob.post(`/chat/${id}/export`));
    expect([...files.keys()]).toEqual(['index.html', 'chat.json', 'members-1.jsonl', 'messages-1.jsonl']);
    expect(JSON.parse(files.get('chat.json') ?? '')).toMatchObject({ has_acts: false });
    expect([...files.values()].join()).not.toContain('canary');
    expect(await answerOf(await eve.get(`/chat/${id}/export`))).toBe('403 forbidden');
    expect(await answerOf(await eve.get('/chat/99/export'))).toBe('403 forbidden');
    expect((await eve.get(`/chat/${id}/export`, PAGE)).status).toBe(403);
    const him = rowsOf(files.get('members-1.jsonl')).find(({ username }) => username === 'bob');
    expect((await ada.post(`/chat/${id}/members/${him.id}/remove`)).status).toBe(303);
    expect(await answerOf(await bob.get(`/chat/${id}/export`))).toBe('403 forbidden');
  });

  it('has the bytes of its files, which the page refers to', async () => {
    const { ada, bob, id } = await aConversation();
    const file = await send(bob, id, { name: '한글 "a".txt', bytes: 'his '.repeat(50_000) });
    const files = await archiveOf(await ada.get(`/chat/${id}/export`));
    const path = `files/${file}-한글 _a_.txt`;
    expect(files.get(path)).toBe('his '.repeat(50_000));
    expect(rowsOf(files.get('messages-1.jsonl')).at(-1)).toMatchObject({ files: [{ id: file, path }] });
    expect(files.get('index.html')).toContain(`href="files/${encodeURIComponent(`${file}-한글 _a_.txt`)}"`);
  });

  it('is one at a time for a person, of chats and of their own data', async () => {
    const { ada, id } = await aConversation();
    const first = await ada.get(`/chat/${id}/export`);
    expect(await answerOf(await ada.post('/account/export'))).toBe('409 conflict');
    const page = await ada.post(`/chat/${id}/export`, undefined, PAGE);
    expect([page.status, (await page.text()).includes('An export of yours is running.')]).toEqual([409, true]);
    await first.body?.cancel();
    expect((await archiveOf(await ada.post(`/chat/${id}/export`, undefined, PAGE))).size).toBe(5);
    expect((await ada.request('HEAD', `/chat/${id}/export`)).status).toBe(200);
    expect((await archiveOf(await ada.get(`/chat/${id}/export`))).size).toBe(5);
    expect((await ada.get(`/chat/${id}/export`, PAGE)).status).toBe(200);
  });
});
