import { expect, onTestFinished } from 'vitest';
import type { WireMessage } from '../../src/adapters/wire/message.ts';
import { buildApp } from '../../src/composition/app.ts';
import { type Config, readConfig } from '../../src/composition/config.ts';
import type { Wiring } from '../../src/composition/container.ts';
import { CLOCK, PASSWORD_HASHER, STORAGE } from '../../src/composition/tokens.ts';
import {
  type BreakableStorage,
  breakable,
  instantPasswordHasher,
  type RecordingLog,
  recordingLog,
  stoppedClock,
} from '../fakes.ts';

export const PASSWORD = 'correct horse';
/** The headers of a browser that requests a page. */
export const PAGE = { accept: 'text/html,application/xhtml+xml' };
export const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
export const JSON_BODY = { 'content-type': 'application/json' };
export const TEXT = { 'content-type': 'text/plain' };

export type Headers = Readonly<Record<string, string>>;

export interface TestApp extends Awaited<ReturnType<typeof buildApp>> {
  readonly clock: ReturnType<typeof stoppedClock>;
  readonly log: RecordingLog;
  readonly storage: BreakableStorage;
}

/**
 * The whole app on the in-memory store, with a stopped clock and without rate limits. A request that fails because of a bug
 * fails the test.
 */
export async function anApp(changes: Partial<Config> = {}, replace?: (wiring: Wiring) => void): Promise<TestApp> {
  const clock = stoppedClock();
  const log = recordingLog();
  const passwordHasher = instantPasswordHasher();
  let storage: BreakableStorage | undefined;
  const app = await buildApp(
    { ...readConfig({ DATABASE_URL: 'memory:', PORT: '0', RATE_LIMITS: 'off', LINK_CARDS: 'off' }), ...changes },
    log,
    (wiring) => {
      const opened = breakable(wiring.get(STORAGE));
      storage = opened;
      wiring
        .bind(CLOCK, () => clock)
        .bind(PASSWORD_HASHER, () => passwordHasher)
        .bind(STORAGE, () => opened);
      replace?.(wiring);
    },
  );
  onTestFinished(async () => {
    await app.close();
    expect(log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  });
  if (!storage) throw new Error('The app was built without a storage.');
  return { ...app, clock, log, storage };
}

type Body = string | Uint8Array<ArrayBuffer> | ReadableStream | FormData;

/** A minimal browser, or curl with a cookie jar: it keeps the session cookie and follows no redirects. */
export class Client {
  readonly #app: TestApp;
  /** The session token that was set last. */
  token: string | undefined;
  /** The name of its cookie. */
  cookieName = 'session_token';
  /** The device cookie as it is sent. */
  device: string | undefined;
  /** The address of its connection. */
  readonly #env: object;

  constructor(app: TestApp, token?: string, address?: string) {
    this.#env = address === undefined ? {} : { incoming: { socket: { remoteAddress: address } } };
    this.#app = app;
    this.token = token;
  }

  async request(method: string, path: string, headers: Headers = {}, body?: Body): Promise<Response> {
    const session = this.token === undefined ? [] : [`${this.cookieName}=${this.token}`];
    const device = this.device !== undefined && path.startsWith('/auth') ? [this.device] : [];
    const cookies = [...session, ...device];
    const cookie: Headers = cookies.length === 0 ? {} : { cookie: cookies.join('; ') };
    const init: RequestInit & { duplex?: 'half' } = { method, headers: { ...cookie, ...headers } };
    if (body !== undefined) Object.assign(init, { body, duplex: 'half' });
    const response = await this.#app.http.request(path, init, this.#env);
    for (const set of response.headers.getSetCookie()) {
      const [pair, name = '', value] = /^((?:__\w+-)?\w+_token)=([^;]*)/.exec(set) ?? [];
      if (name.endsWith('device_token')) this.device = pair;
      if (!name.endsWith('session_token')) continue;
      this.cookieName = name;
      this.token = value || undefined;
    }
    return response;
  }

  get(path: string, headers: Headers = {}): Promise<Response> {
    return this.request('GET', path, headers);
  }

  post(path: string, body?: Body, headers: Headers = {}): Promise<Response> {
    return this.request('POST', path, headers, body);
  }

  postForm(path: string, fields: Headers, headers: Headers = {}): Promise<Response> {
    return this.post(path, new URLSearchParams(fields).toString(), { ...FORM, ...headers });
  }

  postJson(path: string, value: unknown, headers: Headers = {}): Promise<Response> {
    return this.post(path, JSON.stringify(value), { ...JSON_BODY, ...headers });
  }

  patchJson(path: string, value: unknown): Promise<Response> {
    return this.request('PATCH', path, JSON_BODY, JSON.stringify(value));
  }

  signIn(username: string, password = PASSWORD, headers: Headers = {}): Promise<Response> {
    return this.postForm('/auth', { username, password }, headers);
  }

  /** Creates a chat and returns its id. */
  async newChat(name = 'Lobby'): Promise<number> {
    const { id } = await jsonOf<{ id: number }>(await this.postJson('/newchat', { chat_name: name }), 201);
    return id;
  }

  async invite(chatId: number): Promise<string> {
    const { code } = await jsonOf<{ code: string }>(await this.post(`/create_invite/${chatId}`), 201);
    return code;
  }

  async say(chatId: number, ...texts: readonly string[]): Promise<void> {
    for (const text of texts) await jsonOf(await this.postJson(`/chat/${chatId}/messages`, { text }), 201);
  }

  async history(chatId: number): Promise<readonly WireMessage[]> {
    const response = await this.get(`/chat/${chatId}/messages?limit=100`);
    return (await jsonOf<{ messages: WireMessage[] }>(response, 200)).messages;
  }
}

export async function signedIn(app: TestApp, username: string): Promise<Client> {
  const client = new Client(app);
  expect((await client.signIn(username)).status).toBe(303);
  return client;
}

/** Ada owns the chat, Bob joined by her invite, Eve is a stranger, and `nobody` is signed out. */
export async function aChatOfTwo(app: TestApp) {
  const [ada, bob, eve] = [await signedIn(app, 'ada'), await signedIn(app, 'bob'), await signedIn(app, 'eve')];
  const id = await ada.newChat();
  expect((await bob.get(`/invite/${await ada.invite(id)}`)).status).toBe(303);
  return { ada, bob, eve, nobody: new Client(app), id };
}

export async function jsonOf<Shape>(response: Response, status: number): Promise<Shape> {
  expect(response.status).toBe(status);
  return (await response.json()) as Shape;
}

/** A page without the form ids, which differ in each copy. */
export const withoutFormIds = (page: string): string => page.replaceAll(/ name="client_id" value="[^"]*"/g, '');

/** The status, with the target of the redirect or the code of the problem. */
export async function answerOf(response: Response): Promise<string> {
  const location = response.headers.get('location');
  if (location !== null) return `${response.status} ${location}`;
  if (response.headers.get('content-type')?.startsWith('application/problem+json')) {
    const { code } = (await response.json()) as { code: string };
    return `${response.status} ${code}`;
  }
  return `${response.status}`;
}
