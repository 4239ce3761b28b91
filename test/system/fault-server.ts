import { onTestFinished } from 'vitest';
import * as z from 'zod';
import { ServerProcess } from './server-process.ts';

interface Surroundings {
  /** The command that the server is started by. */
  readonly under?: string[];
  readonly LOG_LEVEL?: string;
}

/** A server on this file that ends with the test at the latest. */
export async function startOn(path: string, { under = [], ...env }: Surroundings = {}): Promise<ServerProcess> {
  const server = await ServerProcess.start({ DATABASE_URL: `sqlite:${path}`, ...env }, { under });
  onTestFinished(() => void server.child.kill('SIGKILL'));
  return server;
}

/** The line with which a server that does not start says why. */
export async function reasonNotToStart(path: string, surroundings: Surroundings = {}): Promise<string> {
  const said = await startOn(path, surroundings).then(
    () => 'It started.',
    (reason: unknown) => String(reason),
  );
  const [ended, ...lines] = said.split('\n');
  return ended?.includes('ended with 1 ') && lines.length === 1 ? (lines[0] ?? '') : said;
}

export function say(server: ServerProcess, chatId: number, cookie: string, text: string): Promise<Response> {
  const headers = { cookie, 'content-type': 'text/plain' };
  return server.fetch(`/chat/${chatId}/messages`, { method: 'POST', headers, body: text });
}

const history = z.object({ messages: z.array(z.object({ text: z.string() })) });

export async function textsOf(server: ServerProcess, chatId: number, cookie: string): Promise<string[]> {
  const response = await server.fetch(`/chat/${chatId}/messages?limit=100`, { headers: { cookie } });
  if (response.status !== 200) throw new Error(`The history was answered with ${response.status}.`);
  return history.parse(await response.json()).messages.map(({ text }) => text);
}

export function eventsOf({ lines }: Pick<ServerProcess, 'lines'>): string[] {
  return lines.map((line) => z.object({ event: z.string() }).parse(JSON.parse(line)).event);
}
