import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { bundleOf, COMPILED } from './programs.ts';

/** Servers that no test has stopped end with the tests. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** The real thing: a process of its own, known by what it prints and what it answers. */
export class ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly lines: readonly string[];
  readonly exited: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  private constructor(child: ChildProcess, lines: readonly string[], exited: ServerProcess['exited'], url: string) {
    this.child = child;
    this.lines = lines;
    this.exited = exited;
    this.url = url;
  }

  /** Resolves when it says where it listens; throws with what it printed when it ends before that. */
  static async start(
    env: Record<string, string>,
    { under = [], program = bundleOf('main') }: { under?: string[]; program?: string } = {},
  ): Promise<ServerProcess> {
    const [command = process.execPath, ...args] = [...under, process.execPath, program];
    const child = spawn(command, args, {
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', RATE_LIMITS: 'off', ...COMPILED, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    child.once('exit', () => running.delete(child));
    const lines: string[] = [];
    const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    const url = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        const [listening] = line.match(/http:\/\/[0-9.:]+\//) ?? [];
        if (listening) resolve(listening);
      });
      child.once('close', (code) => reject(new Error(`It ended with ${code} and said:\n${lines.join('\n')}`)));
    });
    return new ServerProcess(child, lines, exited, url);
  }

  /** Resolves once it has printed a line with this text. */
  async printed(text: string): Promise<void> {
    while (!this.lines.some((line) => line.includes(text))) await once(this.child.stdout ?? this.child, 'data');
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
    this.child.kill(signal);
    return this.exited;
  }

  /** A request that follows no redirect. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(new URL(path, this.url), { redirect: 'manual', ...init });
  }

  /** Registers the name, or signs it in, and answers the cookie to send. */
  async signIn(username: string, password = 'a good password'): Promise<string> {
    const response = await this.fetch('/auth', { method: 'POST', body: new URLSearchParams({ username, password }) });
    const [cookie] = response.headers.getSetCookie();
    if (response.status !== 303 || !cookie) throw new Error(`Signing in was answered with ${response.status}.`);
    return cookie.split(';')[0] ?? '';
  }

  /** The id of a new chat of the cookie's owner, joined by the others. */
  async newChat(owner: string, ...others: readonly string[]): Promise<number> {
    const headers = { cookie: owner, 'content-type': 'application/json' };
    const body = JSON.stringify({ chat_name: 'Harbour' });
    const created = await this.fetch('/newchat', { method: 'POST', headers, body });
    const { id } = z.object({ id: z.number() }).parse(await created.json());
    const invited = await this.fetch(`/create_invite/${id}`, { method: 'POST', headers });
    const { code } = z.object({ code: z.string() }).parse(await invited.json());
    for (const cookie of others) await this.fetch(`/invite/${code}`, { headers: { cookie } });
    return id;
  }

  socketUrl(chatId: number, query = ''): string {
    return `${this.url.replace('http', 'ws')}chatsocket/${chatId}${query}`;
  }
}
