import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harbour, rows } from '../harbour.ts';
import { hasNoBrowser } from '../visit.ts';
import { PAYLOADS } from '../xss-payloads.ts';

let harbour: Harbour;
beforeAll(async () => {
  if (!hasNoBrowser) harbour = await Harbour.open();
});
afterAll(async () => harbour?.close());

/** Every construct of formatting, around a text and in each of its places. */
const CONSTRUCTS: readonly ((text: string) => string)[] = [
  (text) => `**${text}** *${text}* ~~${text}~~ ***${text}***`,
  (text) => `||${text}|| **||${text}||**`,
  (text) => `\`${text}\` \`\` ${text} \`\``,
  (text) => `\`\`\`\n${text}\n\`\`\``,
  (text) => `\`\`\`${text}\ncode\n\`\`\``,
  (text) => `\`\`\`html\n${text}\n\`\`\``,
  (text) => `> ${text}\n> > ${text}`,
  (text) => `- ${text}\n  1. ${text}`,
  (text) => `[${text}](https://a.example)`,
  (text) => `[a](${text}) [a](<${text}>) ![a](${text})`,
  (text) => `[a](https://b.example/${text}) [a](https://${text})`,
  (text) => `https://c.example/${text} www.d.example/${text} ada@e.example${text}`,
  (text) => `:${text}: :wave:${text}`,
  (text) => `@${text} @"${text}" @ada${text}`,
  (text) => `\\${text} \\*${text}`,
];
const FORMATTED = PAYLOADS.map((payload) => CONSTRUCTS.map((construct) => construct(payload)).join('\n\n'));

const injected = (page: Page) => page.evaluate<readonly string[]>('watch.injected()');

const renderedIn = (page: Page) =>
  rows(page)
    .locator('.message-text')
    .evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));

describe.skipIf(hasNoBrowser)(`XS-1: ${PAYLOADS.length} payloads in every construct of formatting`, () => {
  it('XS-1, XS-7: nothing outside of the subset renders, live and from the server', { timeout: 60_000 }, async () => {
    const chatId = await harbour.newChat();
    const page = await harbour.enter(harbour.ada, chatId);
    await harbour.say(chatId, harbour.bob, ...FORMATTED);
    await harbour.read(chatId, harbour.ada);
    const served = await harbour.enter(harbour.ada, chatId);
    const rendered = await renderedIn(served);
    // Live ones are shown over several frames, and formatted once that and the names of emoji are loaded.
    await expect.poll(async () => (await renderedIn(page)).slice(-rendered.length)).toEqual(rendered);
    expect(await rows(page).locator('.message-text:has(ol)').count()).toBe(PAYLOADS.length);
    // While a new row is announced, its buttons are hidden from assistive technology.
    for (const one of [page, served]) await expect.poll(() => injected(one)).toEqual([]);
    expect(await harbour.leave()).toEqual([]);
  });
});
