import { afterEach, expect, it } from 'vitest';
import { startShoal } from '../../bench/contenders/shoal.ts';
import { storedChats } from '../../bench/stored/population.ts';
import { clearScratch, emptyPlaceOf } from '../../bench/stored/scratch.ts';
import { tokenOf, writeShoalDatabase } from '../../bench/stored/shoal-database.ts';

const PEOPLE = { groups: 2, chatsPerGroup: 3, messagesPerChat: 60 };

afterEach(clearScratch);

it('the benchmark starts the server as npm start does', async () => {
  const server = await startShoal(emptyPlaceOf('starts.db'));
  try {
    const { status } = await fetch(`http://127.0.0.1:${server.port}/status`);
    expect(status).toBe(200);
  } finally {
    await server.stop();
  }
});

it('the benchmark stores chats that the server shows', async () => {
  const place = emptyPlaceOf('stored.db');
  await writeShoalDatabase(place, PEOPLE);
  const server = await startShoal(place);
  try {
    for (const chat of storedChats(PEOPLE)) {
      const headers = { accept: 'text/html', cookie: `session_token=${tokenOf(chat.members[0] ?? 0)}` };
      const page = await fetch(`http://127.0.0.1:${server.port}/chat/${chat.id}`, { headers });
      expect(page.status).toBe(200);
      expect(await page.text()).toContain(`data-position="${PEOPLE.messagesPerChat}"`);
    }
  } finally {
    await server.stop();
  }
});
