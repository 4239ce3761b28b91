import { describe, expect, it } from 'vitest';
import { aChatOfTwo, anApp, answerOf, PAGE, signedIn } from './client.ts';

describe('POST /newchat', () => {
  it('answers the new chat and where it is', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const response = await ada.postJson('/newchat', { chat_name: ' Kitchen ' });
    expect(response.status).toBe(201);
    expect(response.headers.get('location')).toBe('/chat/1');
    expect(await response.json()).toEqual({ id: 1, name: 'Kitchen' });
  });

  it.each([
    ['1 character', 'x', 201],
    ['80 characters', 'x'.repeat(80), 201],
    ['80 characters of two units', '👍'.repeat(80), 201],
    ['80 characters and spaces around', ` ${'x'.repeat(80)} `, 201],
    ['81 characters', 'x'.repeat(81), 422],
    ['nothing', '', 422],
    ['spaces', '   ', 422],
    ['a line break', 'a\nb', 422],
    ['a NUL', 'a\0b', 422],
    ['half a surrogate pair', '\ud800', 422],
    ['blank Braille', '\u2800', 422],
    ['Hangul fillers', '\u3164\u115f\u1160\uffa0', 422],
    ['a zero-width space', '\u200b', 422],
    ['a letter and a zero-width space', 'a\u200bb', 422],
    ['a variation selector', '\ufe0f', 422],
    ['tag characters', '\u{e0061}\u{e0062}', 422],
    ['an accent on nothing', '\u0301', 422],
    ['private use', '\ue000\u{f8ff}', 422],
    ['an unassigned code point', '\u0378', 422],
    ['a noncharacter', '\uffff', 422],
    ['letters and a noncharacter', 'ab\ufdd0', 422],
    ['letters and an object replacement character', 'a\ufffcb', 422],
    ['an emoji that Unicode has yet to assign', '\u{1faff}', 201],
    ['a bidirectional override', 'abc\u202ecba', 422],
    ['a bidirectional isolate', '\u2067abc\u2069', 422],
    ['Persian with its joiner', 'کتاب‌خانه', 201],
    ['a family of emoji', '👩‍👩‍👧', 201],
  ])('IV-3, NM-1: takes or refuses a name of %s', async (_what, name, status) => {
    const ada = await signedIn(await anApp(), 'ada');
    const answers = [
      await ada.postJson('/newchat', { chat_name: name }),
      await ada.postForm('/chats', { chat_name: name }),
    ];
    const asForm = status === 201 ? 303 : name.isWellFormed() ? 422 : 303;
    expect(answers.map((answer) => answer.status)).toEqual([status, asForm]);
    if (status === 422) expect(await answerOf(answers[0] ?? Response.error())).toBe('422 invalid_chat_name');
  });
});

describe('POST /chats', () => {
  it('leads a browser without script to the new chat', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    expect(await answerOf(await ada.postForm('/chats', { chat_name: 'Kitchen' }, PAGE))).toBe('303 /chat/1');
  });

  it('shows the front page again with what was wrong', async () => {
    const ada = await signedIn(await anApp(), 'ada');
    const response = await ada.postForm('/chats', { chat_name: '' }, PAGE);
    expect(response.status).toBe(422);
    expect(await response.text()).toMatch(/role="alert".*has 1 to 80 characters/s);
  });
});

describe('GET /', () => {
  it('lists the chats of who asks, and nobody else’s', async () => {
    const { ada, eve, id } = await aChatOfTwo(await anApp());
    expect(await (await ada.get('/', PAGE)).text()).toContain(`href="/chat/${id}"`);
    const page = await (await eve.get('/', PAGE)).text();
    expect(page).toContain('Signed in as </span><bdi class="account-words">eve');
    expect(page).not.toContain('Lobby');
  });
});

describe('GET /status', () => {
  it('says to anybody how many are connected, and nothing else', async () => {
    const { nobody } = await aChatOfTwo(await anApp());
    const response = await nobody.get('/status');
    expect([response.status, await response.json()]).toEqual([200, { connected_clients: 0 }]);
  });
});
