import { describe, expect, it } from 'vitest';
import { TokenBuckets } from '../../src/adapters/rate-limiter/token-buckets.ts';
import { type Turn, Turns } from '../../src/adapters/websocket/turns.ts';
import { userId } from '../../src/domain/ids.ts';
import { anActor, aUser } from '../builders.ts';
import { manualTimer } from '../fakes.ts';

const actorOf = (id: number) => anActor(aUser({ id: userId(id) }));
const ADA = actorOf(1);
const BOB = actorOf(2);

/** Turns at a budget of thirty at once and five a second. A socket has always another frame to send, until it is closed. */
function aLine() {
  const timer = manualTimer();
  const buckets = new TokenBuckets({ count: 30, withinMs: 6_000 }, timer);
  const turns = new Turns({ timer, take: ({ user }) => buckets.take(user.id) });
  const begun: string[] = [];

  class Socket {
    readonly name: string;
    readonly actor: typeof ADA;
    isOpen = true;
    last: Turn = 'begin';

    constructor(name: string, actor = ADA) {
      this.name = name;
      this.actor = actor;
    }

    send(): this {
      for (this.last = 'begin'; this.last === 'begin' && this.isOpen; ) {
        this.last = turns.enter(this.actor, this);
        if (this.last === 'begin') begun.push(this.name);
      }
      return this;
    }

    proceed(): void {
      begun.push(this.name);
      this.send();
    }

    close(): void {
      this.isOpen = false;
      turns.leave(this.actor, this);
    }
  }
  const pass = (ms: number) => {
    for (let passed = 0; passed < ms; passed += 100) timer.advance(100);
  };
  return { timer, begun, pass, open: (name: string, actor = ADA) => new Socket(name, actor).send() };
}

describe('BU-1: who writes on sockets', () => {
  it('writes a burst and then evenly, and holds up nobody else', () => {
    const { begun, pass, open } = aLine();
    open('a');
    expect(begun).toHaveLength(30);
    pass(2_000);
    expect(begun).toHaveLength(40);
    open('b', BOB);
    expect(begun).toHaveLength(70);
  });

  it('has one budget for all sockets, which take turns', () => {
    const { begun, pass, open } = aLine();
    for (const name of ['a', 'b', 'c']) open(name);
    expect(begun.splice(0)).toHaveLength(30);
    pass(1_200);
    expect(begun).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
  });

  it('gets no new burst by connecting again', () => {
    const { begun, pass, open } = aLine();
    for (let again = 0; again < 50; again += 1) {
      const socket = open('a');
      pass(200);
      socket.close();
    }
    expect(begun.length).toBeLessThanOrEqual(30 + 50);
  });

  it('leaves the turn of a socket that was closed to the next', () => {
    const { begun, pass, open } = aLine();
    const [first] = [open('a'), open('b')];
    begun.length = 0;
    first.close();
    pass(400);
    expect(begun).toEqual(['b', 'b']);
  });

  it('floods after more than a minute without a pause, also when it connects again meanwhile, and right after', () => {
    const { pass, open } = aLine();
    for (let again = 0; again < 12; again += 1) {
      const socket = open('a');
      expect(socket.last).toBe('wait');
      pass(5_000);
      expect(socket.last).toBe('wait');
      socket.close();
    }
    pass(200);
    const socket = open('a');
    expect(socket.last).toBe('flood');
    socket.close();
    pass(1_000);
    expect(open('again').last).toBe('flood');
  });

  it('floods no longer after a pause', () => {
    const { pass, open } = aLine();
    const socket = open('a');
    pass(59_000);
    socket.close();
    pass(2_500);
    const another = open('a');
    pass(59_000);
    expect(another.last).toBe('wait');
    pass(2_000);
    expect(another.last).toBe('flood');
  });
});
