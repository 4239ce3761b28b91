import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makeThumbnails } from '../../../src/adapters/sharp/thumbnails.ts';
import type { Visit, WebPage } from '../../../src/application/ports/web-pages.ts';
import type { Message } from '../../../src/domain/messages/message.ts';
import { settled } from '../../fakes.ts';
import { refusal } from '../refusal.ts';
import { aWorld, UNKNOWN_CHAT } from '../world.ts';

const HREF = 'https://example.org/cats';
const PAGE: WebPage = { title: 'Cats', description: 'All of them', site: 'Example', image: undefined };
const CARD = { href: HREF, title: 'Cats', description: 'All of them', site: 'Example', image: null };
const MINUTE = 60_000;

const pixels = (side: number) =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#3a8' } })
    .png()
    .toBuffer();

/** Ada and Bob share a lobby in which links get cards. `answers` are those of the visits, the last one again and again. */
async function aWebWorld(answers: readonly Visit[] = [PAGE], rules: Parameters<typeof aWorld>[0] = {}) {
  const visits: string[] = [];
  const webPages = {
    async visit(href: string) {
      visits.push(href);
      return answers[Math.min(visits.length, answers.length) - 1] ?? 'none';
    },
  };
  const cardRules = { isOn: true, keepsImages: true, ownOrigin: 'https://chat.example' };
  const world = await aWorld({ cardRules, ...rules }, { webPages, thumbnails: makeThumbnails() });
  world.jobWorker.start();
  const run = async (ms = 0) => {
    world.clock.advance(ms);
    world.timer.advance(ms);
    await expect
      .poll(async () => {
        await settled();
        world.timer.advance(0);
        return (await world.storage.view.jobs.count()).due + world.jobWorker.running;
      })
      .toBe(0);
  };
  const say = async (...texts: readonly string[]) => {
    const said = await world.say(...texts);
    await run();
    return said;
  };
  const read = async ({ chatId, position }: Message) => {
    const message = await world.storage.view.messages.find({ chatId, position });
    return message?.kind === 'text' ? message.card : undefined;
  };
  const sayOne = async (text: string) => {
    const [said] = await say(text);
    if (!said) throw new Error('It was said.');
    return said;
  };
  const blobs = async () => {
    const keys = [];
    for await (const key of world.blobs.keys()) keys.push(key);
    return keys.length;
  };
  return { ...world, visits, run, say, sayOne, read, blobs };
}

describe('make_card', () => {
  it('gives a message the card of its first link, and tells followers once', async () => {
    const world = await aWebWorld();
    const said = await world.sayOne(`see ${HREF}#part and https://example.org/dogs`);
    expect([await world.read(said), world.visits]).toEqual([CARD, [HREF]]);
    const changes = world.broadcast.published.filter(({ type }) => type === 'message_changed');
    expect(changes).toMatchObject([{ message: { position: said.position, card: CARD, edit: null, revision: 2 } }]);
    const [summary] = await world.useCases.viewChatSummaries(world.bob);
    expect(summary).toMatchObject({ reading: { unread: 1 } });
  });

  it.each([
    'no link',
    `\`${HREF}\``,
    `\`\`\`\n${HREF}\n\`\`\``,
    `||${HREF}||`,
    'mail@example.org',
    'https://chat.example/chat/1',
  ])('visits nothing for %j', async (text) => {
    const world = await aWebWorld();
    expect([await world.read(await world.sayOne(text)), world.visits]).toEqual([null, []]);
  });

  it('does nothing where cards are off', async () => {
    const world = await aWebWorld([PAGE], { cardRules: { isOn: false, keepsImages: true, ownOrigin: undefined } });
    expect([await world.read(await world.sayOne(HREF)), world.visits]).toEqual([null, []]);
  });

  it('visits a page once for many messages, and again after a day', async () => {
    const world = await aWebWorld();
    const said = await world.say(HREF, `again ${HREF}`, `and again ${HREF}`);
    await world.run(1_000);
    expect(await Promise.all(said.map(world.read))).toEqual([CARD, CARD, CARD]);
    expect(world.visits).toEqual([HREF]);
    world.clock.advance(24 * 60 * MINUTE);
    expect([await world.read(await world.sayOne(HREF)), world.visits]).toEqual([CARD, [HREF, HREF]]);
  });

  it('remembers for ten minutes that there is nothing', async () => {
    const world = await aWebWorld(['none', { ...PAGE, title: ' ' }, PAGE]);
    await world.say(HREF, HREF);
    expect(world.visits).toHaveLength(1);
    world.clock.advance(10 * MINUTE);
    expect(await world.read(await world.sayOne(HREF))).toBeNull();
    world.clock.advance(10 * MINUTE);
    expect([await world.read(await world.sayOne(HREF)), world.visits.length]).toEqual([CARD, 3]);
  });

  it('tries a page that was not reached three times, and gives up without a dead letter', async () => {
    const world = await aWebWorld(['later', 'later', PAGE]);
    const said = await world.sayOne(HREF);
    await world.run(10_000);
    expect([await world.read(said), world.visits.length]).toEqual([null, 2]);
    await world.run(60_000);
    expect([await world.read(said), world.visits.length]).toEqual([CARD, 3]);

    const lost = await aWebWorld(['later']);
    await lost.sayOne(HREF);
    for (const wait of [10_000, 60_000, 3_600_000]) await lost.run(wait);
    expect([lost.visits.length, await lost.storage.view.jobs.count()]).toEqual([3, { due: 0, dead: 0 }]);
  });

  it('copies the image, encoded anew, for the members of the chat', async () => {
    const world = await aWebWorld([{ ...PAGE, image: await pixels(900) }]);
    const card = await world.read(await world.sayOne(HREF));
    if (!card || card === 'removed' || !card.image) throw new Error('It has an image.');
    expect(card.image).toMatchObject({ width: 640, height: 640 });
    const { file, read } = await world.useCases.openFile(world.bob, card.image.id);
    const bytes = await buffer(await read());
    expect([file.type, bytes.length]).toEqual(['image/webp', file.bytes]);
    expect(await sharp(bytes).metadata()).toMatchObject({ format: 'webp', width: 640 });
    expect(await refusal(world.useCases.openFile(world.eve, card.image.id))).toBe('not_found');
  });

  it.each([
    ['no image', async () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a mark that counts visits', () => pixels(1)],
  ])('has a card without image for %s', async (_name, image) => {
    const world = await aWebWorld([{ ...PAGE, image: await image() }]);
    expect([await world.read(await world.sayOne(HREF)), await world.blobs()]).toEqual([CARD, 0]);
  });

  it('visits the page again where the image of what is known went with its message', async () => {
    const world = await aWebWorld([{ ...PAGE, image: await pixels(64) }]);
    const first = await world.sayOne(HREF);
    await world.useCases.removeCard(world.ada, first);
    expect([await world.blobs(), world.visits.length]).toEqual([0, 1]);
    expect(await world.read(await world.sayOne(HREF))).toMatchObject({ image: { width: 64 } });
    expect([await world.blobs(), world.visits.length]).toEqual([1, 2]);
  });

  it('cleans and cuts what pages say', async () => {
    const title = `\u202eevil\u0007 ${'x'.repeat(1_000)}`;
    const world = await aWebWorld([{ ...PAGE, title, description: 'a\n\n b\u2066', site: '\u200b' }]);
    const card = await world.read(await world.sayOne(HREF));
    expect(card).toEqual({ ...CARD, title: `evil ${'x'.repeat(145)}…`, description: 'a b', site: '' });
  });

  it('is limited by user and by chat, without visits and without failures', async () => {
    const one = { count: 1, withinMs: 60_000, refill: 'evenly' } as const;
    const none = { ...one, count: 100 };
    const names = [
      'sign_in_failures',
      'sign_in_failures_of_address',
      'sign_in_failures_of_network',
      'renames',
      'pictures',
      'uploads',
    ] as const;
    const more = ['sign_in_failures_of_name', 'registrations', 'wrong_codes', 'passkey_challenges', 'exports'] as const;
    const all = [...names, ...more, 'new_chats', 'new_invites', 'link_cards_of_user', 'link_cards_of_chat'] as const;
    const rates = Object.fromEntries(all.map((name) => [name, none])) as Record<(typeof all)[number], typeof one>;
    for (const limit of ['link_cards_of_user', 'link_cards_of_chat'] as const) {
      const world = await aWebWorld([PAGE], { rates: { ...rates, [limit]: one } });
      await world.say('https://example.org/1', 'https://example.org/2', 'https://example.org/1');
      expect([world.visits.length, await world.storage.view.jobs.count()]).toEqual([1, { due: 0, dead: 0 }]);
    }
  });

  it('leaves a message alone that was deleted, edited or archived meanwhile', async () => {
    const world = await aWebWorld();
    const [deleted, changed, said] = await world.say(...[1, 2, 3].map((n) => `${n} then`));
    if (!deleted || !changed || !said) throw new Error('All were said.');
    for (const [message, text] of [
      [deleted, HREF],
      [changed, HREF],
    ] as const)
      await world.useCases.editMessage(world.ada, { ...message, text, base: message.revision });
    await world.useCases.deleteMessage(world.ada, deleted);
    const at = await world.storage.view.messages.find(changed);
    await world.useCases.editMessage(world.ada, { ...changed, text: 'none', base: at?.revision ?? said.revision });
    await world.run();
    expect([await world.read(deleted), await world.read(changed)]).toEqual([undefined, null]);
    const { position, chatId } = said;
    await world.useCases.editMessage(world.ada, { chatId, position, text: HREF, base: said.revision });
    await world.useCases.setArchived(world.ada, { chatId, isArchived: true });
    await world.run();
    expect([await world.read(said), await world.storage.view.jobs.count()]).toEqual([null, { due: 0, dead: 0 }]);
  });
});

describe('editing a message with a card', () => {
  it('keeps the card of the same link, and renews that of another one', async () => {
    const world = await aWebWorld([{ ...PAGE, image: await pixels(64) }, PAGE]);
    const said = await world.sayOne(HREF);
    const edit = async (text: string) => {
      const { revision: base } = (await world.storage.view.messages.find(said)) ?? said;
      const { chatId, position } = said;
      const edited = await world.useCases.editMessage(world.ada, { chatId, position, text, base });
      await world.run();
      return edited.card;
    };
    expect([await edit(`look: ${HREF}`), await world.blobs()]).toMatchObject([{ href: HREF }, 1]);
    expect([await edit('https://example.org/dogs'), await world.blobs()]).toEqual([null, 0]);
    expect(await world.read(said)).toEqual({ ...CARD, href: 'https://example.org/dogs' });
    await edit('nothing');
    expect([await world.read(said), world.visits.length]).toEqual([null, 2]);
  });
});

describe('remove-card', () => {
  it('is refused to an outsider, like in a chat that does not exist, and to other members', async () => {
    const world = await aWebWorld();
    const said = await world.sayOne(HREF);
    const { removeCard } = world.useCases;
    expect(await refusal(removeCard(world.eve, said))).toBe('forbidden');
    expect(await refusal(removeCard(world.eve, { ...said, chatId: UNKNOWN_CHAT }))).toBe('forbidden');
    expect([await refusal(removeCard(world.bob, said)), await world.read(said)]).toEqual(['forbidden', CARD]);
  });

  it('takes the card and its image away for good, as long as the link stays', async () => {
    const world = await aWebWorld([{ ...PAGE, image: await pixels(64) }]);
    const said = await world.sayOne(HREF);
    const removed = await world.useCases.removeCard(world.ada, said);
    expect([removed.card, await world.blobs()]).toEqual(['removed', 0]);
    expect(world.broadcast.published.at(-1)).toEqual({ type: 'message_changed', message: removed });
    const again = await world.useCases.removeCard(world.ada, said);
    expect(again.revision).toBe(removed.revision);
    const { chatId, position } = said;
    await world.useCases.editMessage(world.ada, { chatId, position, text: `see ${HREF}`, base: again.revision });
    await world.run();
    expect([await world.read(said), world.visits.length]).toEqual(['removed', 1]);
  });

  it('goes with a message that is deleted, and comes back with it', async () => {
    const world = await aWebWorld([{ ...PAGE, image: await pixels(64) }]);
    const said = await world.sayOne(HREF);
    await world.useCases.deleteMessage(world.ada, said);
    const back = await world.useCases.restoreMessage(world.ada, said);
    expect(back.card).toMatchObject({ href: HREF });
    await world.useCases.deleteMessage(world.ada, said);
    await world.run(MINUTE);
    expect(await world.blobs()).toBe(0);
  });
});
