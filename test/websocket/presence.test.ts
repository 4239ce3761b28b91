import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { systemTimer } from '../../src/adapters/system/timer.ts';
import { TIMER } from '../../src/composition/tokens.ts';
import type { ChatId } from '../../src/domain/ids.ts';
import type { UserSocket } from './chat-client.ts';
import { ChatServer, type Person } from './chat-server.ts';

let server: ChatServer;
let ada: Person;
let bob: Person;
let chat_id: ChatId;

beforeAll(async () => {
  server = await ChatServer.start();
});
afterAll(() => server.stop());

/** Makes all waits of a server this much shorter. */
const FASTER = 10;

let people = 0;
beforeEach(async () => {
  people += 1;
  ada = await server.person(`ada${people}`);
  bob = await server.person(`bob${people}`);
  chat_id = await server.chat(ada, bob);
});

const connect = async (person: Person): Promise<UserSocket> => (await server.userSocket(person)).socket;

/** The next state of a person that a socket is told. */
async function stateOf({ actor }: Person, socket: UserSocket): Promise<string> {
  for (;;) {
    const { user, state } = await socket.nextOf('presence');
    if (user.id === actor.user.id) return state;
  }
}

/** What a socket hears of presence before its next answer. */
async function presenceHeard(socket: UserSocket): Promise<readonly string[]> {
  socket.say({ type: 'follow', chat_id: 999_999 });
  const heard: string[] = [];
  for (;;) {
    const frame = await socket.nextOf('presence', 'refused');
    if (frame.type === 'refused') return heard;
    heard.push(`${frame.user.username} ${frame.state}`);
  }
}

describe('presence', () => {
  it('is told to people who share a chat, whether they follow it or not', async () => {
    const [adas, bobs] = [await connect(ada), await connect(bob)];
    bobs.say({ type: 'presence', state: 'active' });
    const { id, username } = bob.actor.user;
    expect(await adas.nextOf('presence')).toEqual({ type: 'presence', user: { id, username }, state: 'active' });
    bobs.say({ type: 'presence', state: 'idle' });
    expect(await stateOf(bob, adas)).toBe('idle');
    expect(await presenceHeard(bobs)).toEqual([]);
  });

  it('is that of the most active device', async () => {
    const adas = await connect(ada);
    const [phone, desk] = [await connect(bob), await connect(bob)];
    phone.say({ type: 'presence', state: 'idle' });
    expect(await stateOf(bob, adas)).toBe('idle');
    desk.say({ type: 'presence', state: 'active' });
    expect(await stateOf(bob, adas)).toBe('active');
    phone.say({ type: 'presence', state: 'idle' });
    desk.say({ type: 'presence', state: 'idle' });
    expect(await stateOf(bob, adas)).toBe('idle');
  });

  it('is a lease of 60 s: who renews it no longer is offline, and so is a browser that was killed', async () => {
    const timer = {
      ...systemTimer,
      elapsed: () => systemTimer.elapsed() * FASTER,
      after: (ms: number, run: () => void) => systemTimer.after(ms / FASTER, run),
    };
    const fast = await ChatServer.start({}, (wiring) => wiring.bind(TIMER, () => timer));
    onTestFinished(() => fast.stop());
    const [cleo, dan] = [await fast.person('cleo'), await fast.person('dan')];
    await fast.chat(cleo, dan);
    const { socket: cleos } = await fast.userSocket(cleo);
    const { socket: dans } = await fast.userSocket(dan);
    dans.say({ type: 'presence', state: 'active' });
    expect(await stateOf(dan, cleos)).toBe('active');
    expect(await stateOf(dan, cleos)).toBe('offline');
    dans.say({ type: 'presence', state: 'active' });
    expect(await stateOf(dan, cleos)).toBe('active');
    dans.socket.terminate();
    expect(await stateOf(dan, cleos)).toBe('offline');
  });

  it('of those who are there is told with a followed chat, and not at connecting', async () => {
    const bobs = await connect(bob);
    bobs.say({ type: 'presence', state: 'active' });
    const witness = await connect(ada);
    await witness.follow(chat_id);
    await stateOf(bob, witness);
    const adas = await connect(ada);
    expect(await presenceHeard(adas)).toEqual([]);
    await adas.follow(chat_id);
    expect(await stateOf(bob, adas)).toBe('active');
  });

  it('PE-1: is told to nobody who shares no chat, and in no other protocol', async () => {
    const eve = await server.person(`eve${people}`);
    await server.chat(eve);
    const [eves, adas, bobs] = [await connect(eve), await connect(ada), await connect(bob)];
    const plain = await server.plain(chat_id, ada);
    bobs.say({ type: 'presence', state: 'active' });
    await stateOf(bob, adas);
    bobs.post(chat_id, 'c-1', 'hello');
    expect(await presenceHeard(eves)).toEqual([]);
    expect(await plain.next()).toBe(`${bob.actor.user.username}: hello`);
  });

  it('is refused as malformed in any other state', async () => {
    const bobs = await connect(bob);
    bobs.send('{"type":"presence","state":"offline"}');
    expect(await bobs.nextOf('refused')).toMatchObject({ code: 'bad_request' });
  });
});
