import { expect } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import type { HelloFrame } from '../../src/adapters/wire/user-frames.ts';
import type { Actor } from '../../src/application/actor.ts';
import type { Broadcast } from '../../src/application/ports/broadcast.ts';
import { type App, buildApp } from '../../src/composition/app.ts';
import { readConfig } from '../../src/composition/config.ts';
import type { Wiring } from '../../src/composition/container.ts';
import { BROADCAST, PASSWORD_HASHER } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import { instantPasswordHasher, type RecordingLog, recordingLog } from '../fakes.ts';
import { ChatSocket, TextSocket, UserSocket } from './chat-client.ts';

const FROM = { address: '192.0.2.1', network: '192.0.2.0/24', deviceName: 'Firefox on Linux', deviceTokens: [] };

export interface Person {
  readonly actor: Actor;
  readonly cookie: string;
}

/** The whole app, listening on a free port, with ways to get people into chats quickly. */
export class ChatServer {
  readonly app: App;
  readonly url: string;
  /** Where its metrics are, if anywhere. */
  readonly metricsUrl: string | undefined;
  readonly broadcast: Broadcast;
  readonly log: RecordingLog;

  private constructor(started: Pick<ChatServer, 'app' | 'url' | 'metricsUrl' | 'broadcast' | 'log'>) {
    this.app = started.app;
    this.url = started.url;
    this.metricsUrl = started.metricsUrl;
    this.broadcast = started.broadcast;
    this.log = started.log;
  }

  /** Fails when anything went wrong that no client was told. */
  async stop(): Promise<void> {
    await this.app.close();
    expect(this.log.entries.filter(({ level }) => level === 'error')).toEqual([]);
  }

  /** @param replace what stands in for an adapter, bound last */
  static async start(env: Record<string, string> = {}, replace?: (wiring: Wiring) => void): Promise<ChatServer> {
    const broadcast = makeMemoryBroadcast();
    const log = recordingLog();
    const config = readConfig({ PORT: '0', DATABASE_URL: 'memory:', RATE_LIMITS: 'off', ...env });
    const app = await buildApp(config, log, (wiring) => {
      wiring.bind(PASSWORD_HASHER, () => instantPasswordHasher());
      // With Redis, the app's own broadcast is what is tried.
      if (env.REDIS_URL === undefined) wiring.bind(BROADCAST, () => broadcast);
      replace?.(wiring);
    });
    const listening = await app.listen();
    return new ChatServer({ app, ...listening, broadcast, log });
  }

  async person(username: string): Promise<Person> {
    const credentials = { username, password: 'a good password', presentedTokens: [], ...FROM };
    const { token } = await this.app.useCases.authenticate(credentials);
    const session = await this.app.useCases.identifySession(token);
    if (!session) throw new Error('A session that was just begun is not there.');
    return { actor: session.actor, cookie: `session_token=${token}` };
  }

  /** A chat of these people; those after the first join by an invite, which takes a revision each. */
  async chat(owner: Person, ...members: readonly Person[]): Promise<ChatId> {
    const { createChat, createInvite, redeemInvite } = this.app.useCases;
    const { id } = await createChat(owner.actor, { name: 'Harbour' });
    const { code } = await createInvite(owner.actor, id);
    for (const { actor } of members) await redeemInvite(actor, code);
    return id;
  }

  socketUrl(chatId: number | string, query = ''): string {
    return `${this.url.replace('http', 'ws')}chatsocket/${chatId}${query}`;
  }

  async plain(chatId: ChatId, { cookie }: Person): Promise<TextSocket> {
    return new TextSocket({ url: this.socketUrl(chatId), cookie }).opened();
  }

  /** A socket that has joined: its `ready` has been read. */
  async joined(chatId: ChatId, { cookie }: Person, query = ''): Promise<ChatSocket> {
    const socket = await new ChatSocket({ url: this.socketUrl(chatId, query), cookie }).opened();
    const frame = await socket.nextFrame();
    if (frame.type !== 'ready') throw new Error(`The first frame is ${frame.type}.`);
    return socket;
  }

  get userSocketUrl(): string {
    return `${this.url.replace('http', 'ws')}socket`;
  }

  /** A user's socket, with its first frame. */
  async userSocket({ cookie }: Person): Promise<{ readonly socket: UserSocket; readonly hello: HelloFrame }> {
    const socket = await new UserSocket({ url: this.userSocketUrl, cookie }).opened();
    const hello = await socket.nextFrame();
    if (hello.type !== 'hello') throw new Error(`The first frame is ${hello.type}.`);
    return { socket, hello };
  }

  connectedClients = async (): Promise<number> => (await this.app.useCases.viewStatus()).connectedClients;
}
