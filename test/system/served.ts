import * as z from 'zod';

/** A server that is known by what it answers. */
export abstract class Served {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
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
