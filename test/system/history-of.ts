import * as z from 'zod';
import type { ServerProcess } from './server-process.ts';

export const storedMessage = z.object({ position: z.number(), client_id: z.nullable(z.string()) });

/** All that is stored, by position, as it would be shown. */
export async function historyOf(server: ServerProcess, chatId: number, cookie: string): Promise<Map<number, string>> {
  const history = new Map<number, string>();
  for (let before = ''; ; ) {
    const page = await server.fetch(`/chat/${chatId}/messages?limit=100${before}`, { headers: { cookie } });
    const { messages } = z.object({ messages: z.array(z.unknown()) }).parse(await page.json());
    const positions = messages.map((message) => storedMessage.parse(message).position);
    for (const [n, message] of messages.entries()) history.set(positions[n] ?? 0, JSON.stringify(message));
    const [first = 1] = positions;
    if (first === 1) return history;
    before = `&before=${first}`;
  }
}
