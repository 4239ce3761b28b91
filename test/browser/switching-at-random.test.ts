import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ChatId } from '../../src/domain/ids.ts';
import { randomFrom } from '../random-from.ts';
import { box, connected, Harbour } from './harbour.ts';
import { hasNoBrowser } from './visit.ts';

const SEED = Number(process.env.SEED ?? 14);
const SWITCHES = 200;
const NAMES = ['Reef', 'Cove', 'Kelp', 'Tide', 'Gull', 'Moor'];

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

interface Place {
  readonly chatId: ChatId;
  readonly name: string;
  /** The number of messages of the other person, which have consecutive numbers. */
  posted: number;
  readonly own: string[];
  draft: string;
}

/** What a page shows, at one moment. */
interface Shown {
  readonly path: string;
  readonly title: string;
  readonly heading: string;
  readonly current: readonly string[];
  readonly placeholder: string;
  readonly draft: string;
  readonly texts: readonly string[];
  readonly ids: readonly string[];
}

const LOOK = `(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const box = document.querySelector('[data-composer] textarea');
  return {
    path: location.pathname,
    title: document.title.replace(/^\\(\\d+\\) /, ''),
    heading: document.querySelector('h1').textContent,
    current: all('.card-link[aria-current]').map((link) => link.textContent),
    placeholder: box.placeholder,
    draft: box.value,
    texts: all('article:not(.notice) .message-text').map((text) => text.textContent),
    ids: all('[data-chat-id]').map((main) => main.dataset.chatId),
  };
})()`;

const look = (page: Page) => page.evaluate<Shown>(LOOK);

describe.skipIf(hasNoBrowser)(
  'a reader who switches between chats at random while messages flow in all of them',
  () => {
    it('sees nothing of one chat in another, and sends nothing to another', { timeout: 300_000 }, async () => {
      console.info(`Seed ${SEED}.`);
      const random = randomFrom(SEED);
      const places = await Promise.all(NAMES.map(openPlace));
      const { page } = await harbour.visit(harbour.ada, `/chat/${places[0]?.chatId}`);
      await connected(page);
      await page.evaluate('void (globalThis.isSamePage = true)');
      const flowing = randomFrom(SEED + 1);
      let here = places[0] ?? raise();
      for (let n = 1; n <= SWITCHES; n += 1) {
        const flowed = flow(places, flowing);
        await actIn(page, here, { random, n });
        const others = places.filter((place) => place !== here);
        const pick = () => others.splice(random(others.length), 1)[0] ?? raise();
        // Of several chats in a row, the last one counts.
        for (const detour of random(4) === 0 ? [pick(), pick()] : []) await goTo(page, detour, random);
        const next = pick();
        await goTo(page, next, random);
        await expectIn(page, next, n);
        await flowed;
        here = next;
      }
      expect(await page.evaluate('globalThis.isSamePage')).toBe(true);
      for (const place of places) {
        if (place !== here) await goTo(page, place, () => 0);
        here = place;
        await expectIn(page, place, SWITCHES);
        await expect.poll(async () => [...(await look(page)).texts].at(-1)).toBe((await storedIn(place)).at(-1));
      }
      for (const place of places) expect(await ownIn(place)).toEqual(place.own);
      expect(await harbour.leave()).toEqual([]);
    });
  },
);

async function openPlace(name: string): Promise<Place> {
  const chatId = await harbour.newChat();
  await harbour.server.app.useCases.renameChat(harbour.ada.actor, { chatId, name });
  return { chatId, name, posted: 0, own: [], draft: '' };
}

/** Messages of another person, in all chats, while the reader acts. */
async function flow(places: readonly Place[], random: (bound: number) => number): Promise<void> {
  for (let count = random(2 * places.length); count > 0; count -= 1) {
    const place = places[random(places.length)] ?? raise();
    const text = `${place.name} from bob ${place.posted + 1}`;
    place.posted += 1;
    await harbour.say(place.chatId, harbour.bob, text);
    await delay(random(20));
  }
}

/** Writes a draft, sends a message, or reads. */
async function actIn(page: Page, place: Place, { random, n }: { random: (bound: number) => number; n: number }) {
  const choice = random(4);
  if (choice === 0) {
    place.draft = `${place.name} draft ${n}`;
    await box(page).fill(place.draft);
  } else if (choice === 1) {
    const text = `${place.name} from ada ${n}`;
    await box(page).fill(text);
    await box(page).press('Enter');
    place.own.push(text);
    place.draft = '';
  }
}

/** Goes to a chat without waiting for it: by its card, which a script clicks most of the time, or by the search. */
async function goTo(page: Page, { name, chatId }: Place, random: (bound: number) => number): Promise<void> {
  const way = random(12);
  if (way === 0) await page.locator(`[data-chat="${chatId}"] .card-link`).click();
  else if (way === 1) {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Chat' }).fill(name);
    await page.getByRole('combobox', { name: 'Chat' }).press('Enter');
  } else await page.evaluate(`document.querySelector('[data-chat="${chatId}"] .card-link').click()`);
}

/**
 * The page is the chat's in all its parts whenever it has its heading, and shows what had been posted when the reader went there, with
 * nothing missing between.
 */
async function expectIn(page: Page, place: Place, n: number): Promise<void> {
  const { name, chatId, draft, posted } = place;
  const around = { path: `/chat/${chatId}`, title: `${name} · Shoal`, heading: name, current: [name] };
  const expectOwn = ({ texts, ids, ...shown }: Shown) => {
    expect({ n, ...shown }).toEqual({ n, ...around, placeholder: `Write to ${name}`, draft });
    expect(ids).toEqual([String(chatId)]);
    expect(texts.filter((text) => !text.startsWith(`${name} `))).toEqual([]);
    const numbers = numbersIn(texts);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
  };
  const all: Shown[] = [];
  const progress = async () => {
    const shown = await look(page);
    if (shown.heading === name) all.push(shown);
    return { n, heading: shown.heading, last: Math.min(posted, numbersIn(shown.texts).at(-1) ?? 0) };
  };
  await expect.poll(progress, { timeout: 20_000, interval: 20 }).toEqual({ n, heading: name, last: posted });
  for (const shown of all) expectOwn(shown);
}

const numbersIn = (texts: readonly string[]): readonly number[] =>
  texts.flatMap((text) => text.match(/from bob (\d+)$/)?.[1] ?? []).map(Number);

async function storedIn({ chatId }: Place): Promise<readonly string[]> {
  const texts: string[] = [];
  const { readHistory } = harbour.server.app.useCases;
  for (let before: number | undefined; ; ) {
    const place = before === undefined ? {} : { before };
    const { messages } = await readHistory(harbour.ada.actor, { chatId, limit: 100, ...(place as object) });
    texts.unshift(...messages.flatMap((message) => (message.kind === 'text' ? [message.text] : [])));
    before = messages[0]?.position;
    if (messages.length < 100) return texts;
  }
}

const ownIn = async (place: Place) => (await storedIn(place)).filter((text) => text.includes('from ada'));

function raise(): never {
  throw new Error('There is no such chat.');
}
