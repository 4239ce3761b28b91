import { describe, expect, it } from 'vitest';
import { beginningOfDay } from '../../src/adapters/http/requests/local-days.ts';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { NOW } from '../builders.ts';
import { aChatOfTwo, anApp, answerOf, jsonOf, PAGE, withoutFormIds } from './client.ts';

interface Page {
  readonly messages: readonly WireMessage[];
  readonly revision: number;
}

const numbers = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, n) => first + n);

/** Messages at the positions 1 to `last`, the first of them a notice. */
async function aLongChat(last = 120) {
  const app = await anApp();
  const { ada, bob, eve, id } = await aChatOfTwo(app);
  await ada.say(id, ...numbers(2, last).map((n) => `text ${n}`));
  const read = async (query: string) => {
    const { messages, revision } = await jsonOf<Page>(await bob.get(`/chat/${id}/messages?${query}`), 200);
    expect(revision).toBe(last);
    return messages.map(({ position }) => position);
  };
  const open = async (path: string) => (await bob.get(`/chat/${id}${path}`, PAGE)).text();
  return { app, ada, bob, eve, id, read, open };
}

const positionsIn = (page: string) =>
  [...page.matchAll(/<article [^>]*data-position="(\d+)"/g)].map(([, position]) => Number(position));

describe('GET /chat/:id/messages?after=', () => {
  it('answers the first messages after a position, oldest first, and leads to the end', async () => {
    const { read } = await aLongChat();
    expect(await read('after=0&limit=3')).toEqual([1, 2, 3]);
    expect(await read('after=40')).toEqual(numbers(41, 90));
    expect(await read('after=90')).toEqual(numbers(91, 120));
    expect(await read('after=120')).toEqual([]);
    expect(await read('after=9007199254740991')).toEqual([]);
  });
});

describe('GET /chat/:id/messages?around=', () => {
  it('answers the messages around one, with it in the middle, and as many near the ends of the chat', async () => {
    const { read } = await aLongChat();
    expect(await read('around=60&limit=5')).toEqual([58, 59, 60, 61, 62]);
    expect(await read('around=60')).toEqual(numbers(35, 84));
    expect(await read('around=60&limit=1')).toEqual([60]);
    expect(await read('around=2&limit=5')).toEqual([1, 2, 3, 4, 5]);
    expect(await read('around=119&limit=5')).toEqual([116, 117, 118, 119, 120]);
    expect(await read('around=120&limit=100')).toEqual(numbers(21, 120));
    expect(await read('around=1&limit=100')).toEqual(numbers(1, 100));
  });

  it('finds a deleted message, whose place stays, and no message that there never was', async () => {
    const { ada, bob, eve, id } = await aLongChat(9);
    await ada.request('DELETE', `/chat/${id}/messages/5`);
    const { messages } = await jsonOf<Page>(await bob.get(`/chat/${id}/messages?around=5&limit=3`), 200);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'deleted', 'text']);
    for (const position of [0, 10, 99, Number.MAX_SAFE_INTEGER]) {
      expect(await answerOf(await bob.get(`/chat/${id}/messages?around=${position}`))).toBe('404 not_found');
      expect(await answerOf(await eve.get(`/chat/${id}/messages?around=${position}`))).toBe('403 forbidden');
    }
  });

  it('ends both sides where they are heavy', async () => {
    const { ada, bob, id } = await aLongChat(1);
    // As JSON each is 60 kB.
    await ada.say(id, ...numbers(2, 40).map((n) => `${n}`.padEnd(10_000, '\u0001')));
    const response = await bob.get(`/chat/${id}/messages?around=20&limit=100`);
    const { messages } = await jsonOf<Page>(response, 200);
    const positions = messages.map(({ position }) => position);
    expect(positions).toEqual(numbers(positions[0] ?? 0, positions.at(-1) ?? 0));
    expect(positions).toContain(20);
    expect(positions.length).toBeLessThan(20);
    expect(Math.abs(positions.indexOf(20) - (positions.length - 1) / 2)).toBeLessThanOrEqual(1);
  });
});

describe('a part of the history', () => {
  it.each([
    'before=5&after=2',
    'before=5&around=2',
    'after=5&around=2',
    'before=1&after=1&around=1',
    'after=x',
    'after=-1',
    'around=',
    'around=01',
    'around=1.5',
  ])('is named in one way only, by a whole number: ?%s is refused', async (query) => {
    const { bob, id } = await aLongChat(9);
    expect(await answerOf(await bob.get(`/chat/${id}/messages?${query}`))).toBe('400 bad_request');
    expect((await bob.get(`/chat/${id}?${query}`, PAGE)).status).toBe(400);
  });
});

describe('GET /chat/:id/at/:position', () => {
  it('shows the message in the middle, marked, with the ways to earlier and later messages', async () => {
    const { id, open } = await aLongChat();
    const page = await open('/at/60');
    expect(positionsIn(page)).toEqual(numbers(35, 84));
    expect(page.match(/<article [^>]*aria-current="true"[^>]*>/g)).toHaveLength(1);
    expect(page).toMatch(/<article [^>]*data-position="60"[^>]*aria-current="true"/);
    expect(page).toContain(`href="/chat/${id}?before=35"`);
    expect(page).toContain(`href="/chat/${id}?after=84"`);
    expect(page).toContain('data-past');
    expect(positionsIn(await open('?after=84'))).toEqual(numbers(85, 120));
    expect(positionsIn(await open('?before=35'))).toEqual(numbers(1, 34));
    expect(await open('?after=84')).not.toContain('data-past');
    expect(await open('?before=35')).toContain(`href="/chat/${id}?after=34"`);
  });

  it('shows the end of the chat as the page of the chat does, which goes on from there', async () => {
    const { open } = await aLongChat();
    const page = await open('/at/119');
    expect(positionsIn(page)).toEqual(numbers(71, 120));
    expect(page).not.toContain('data-past');
  });

  it('is 404 for members where there is no message, and for other spellings of a place', async () => {
    const { bob, id } = await aLongChat(9);
    for (const place of ['10', '0', '05', '+5', '5.0', '5e0', 'x', '9007199254740992'])
      expect((await bob.get(`/chat/${id}/at/${place}`, PAGE)).status).toBe(404);
  });

  it('PL-1: looks the same to outsiders, whether the message, or even the chat, is there or not', async () => {
    const { eve, id } = await aLongChat(9);
    const answers = await Promise.all(
      [`/chat/${id}/at/5`, `/chat/${id}/at/99`, '/chat/404/at/5'].map(async (path) => {
        const response = await eve.get(path, PAGE);
        return [response.status, withoutFormIds(await response.text())];
      }),
    );
    expect(answers[0]?.[0]).toBe(403);
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('is not a copy of the chat for the time without a network, and changes nothing of the cached page', async () => {
    const { bob, id, open } = await aLongChat(9);
    const before = withoutFormIds(await open(''));
    expect((await bob.get(`/chat/${id}/at/5`, PAGE)).headers.get('offline-copy-for')).toBeNull();
    expect((await bob.get(`/chat/${id}`, PAGE)).headers.get('offline-copy-for')).not.toBeNull();
    await open('/at/5');
    expect(withoutFormIds(await open(''))).toBe(before);
  });
});

describe('GET /chat/:id/on', () => {
  it('leads to the first message of a day in a time zone, and answers it to programs', async () => {
    const { app, ada, bob, id } = await aLongChat(2);
    // From noon in UTC: two days later, at 23:30 in UTC, it is tomorrow in Berlin.
    app.clock.advance((2 * 24 + 11.5) * 3_600_000);
    await ada.say(id, 'late');
    app.clock.advance(3_600_000);
    await ada.say(id, 'early');
    const on = async (query: string) => answerOf(await bob.get(`/chat/${id}/on?${query}`, PAGE));
    const [first, late, early] = [1, 3, 4].map((position) => `303 /chat/${id}/at/${position}`);
    expect(await on('date=2025-01-15')).toBe(first);
    expect(await on('date=2025-01-16')).toBe(late);
    expect(await on('date=2025-01-18')).toBe(early);
    expect(await on('date=2025-01-18&zone=Europe%2FBerlin')).toBe(late);
    expect(await on('date=2025-01-18&zone=America%2FNew_York')).toBe(early);
    expect(await on('date=2030-12-31')).toBe(early);
    expect(await on('date=1970-01-01')).toBe(first);
    expect(await jsonOf(await bob.get(`/chat/${id}/on?date=2025-01-16`), 200)).toMatchObject({ position: 3 });
  });

  it.each([
    '',
    'date=',
    'date=x',
    'date=2025-02-30',
    'date=2025-1-5',
    'date=2025-01-15T00:00',
    'date=2025-01-15&zone=Nowhere',
  ])('refuses ?%s', async (query) => {
    const { bob, id } = await aLongChat(2);
    expect(await answerOf(await bob.get(`/chat/${id}/on?${query}`))).toBe('400 bad_request');
  });
});

describe('the beginning of a day', () => {
  it.each([
    ['2026-03-01', undefined, '2026-03-01T00:00:00.000Z'],
    ['2026-03-01', 'Europe/Berlin', '2026-02-28T23:00:00.000Z'],
    ['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00.000Z'],
    // The clocks go forward at two o'clock, and back at three.
    ['2026-03-29', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Berlin', '2026-10-24T22:00:00.000Z'],
    ['2026-10-26', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-03-01', 'Pacific/Kiritimati', '2026-02-28T10:00:00.000Z'],
    ['2026-03-01', 'Pacific/Pago_Pago', '2026-03-01T11:00:00.000Z'],
    ['2026-03-01', 'Asia/Kathmandu', '2026-02-28T18:15:00.000Z'],
    // There is no midnight: the clocks go from midnight to one o'clock.
    ['2026-03-29', 'Asia/Beirut', '2026-03-28T22:00:00.000Z'],
  ])('%s in %s is %s', (date, zone, begin) => {
    expect(new Date(beginningOfDay(date, zone)).toISOString()).toBe(begin);
  });

  it('is a moment that the clock of the tests has reached', () => {
    expect(beginningOfDay('2025-01-15')).toBe(NOW - 12 * 3_600_000);
  });
});
