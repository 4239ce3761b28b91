import { describe, expect, it } from 'vitest';
import type { EndReason, Follower } from '../../src/application/ports/follower.ts';
import { chatName, type Revision, revision } from '../../src/domain/chats/chat.ts';
import { userId } from '../../src/domain/ids.ts';
import type { Message } from '../../src/domain/messages/message.ts';
import { messageBody } from '../../src/domain/messages/message-body.ts';
import { aChat, aMessageIn, aUser } from '../builders.ts';

export interface FollowerHome {
  readonly follower: Follower;
  /** Everything that its peer was told, however it is encoded. */
  told(): string;
  /** The peer reads nothing until `read`. */
  stall(): void;
  read(): void;
  /** The peer is gone. */
  vanish(): void;
  /** The revisions after which the follower asked for the rest. */
  readonly resumed: readonly Revision[];
  /** The ends that it passed on. */
  ended(): readonly EndReason[];
}

const author = aUser({ id: userId(99) });

const aText = (position: number, padding = 0): Message =>
  aMessageIn(aChat(), author, {
    position: revision(position),
    text: messageBody(`text-${position}-${'x'.repeat(padding)}`),
    clientId: null,
  });

const textsIn = (told: string): readonly string[] => told.match(/text-\d+-/g) ?? [];

const details = { name: chatName('Lobby'), members: 2, connected: 1 };

/** Every follower of a chat runs this. */
export function followerContract(name: string, makeHome: () => FollowerHome): void {
  describe(`a follower by ${name}`, () => {
    it('tells its peer each message once, in the order in which they came', () => {
      const { follower, told } = makeHome();
      follower.ready(revision(0));
      follower.catchUp([aText(1), aText(2)]);
      follower.deliver([aText(3)]);
      follower.details(details);
      follower.deliver([aText(4), aText(5)]);
      expect(textsIn(told())).toEqual(['text-1-', 'text-2-', 'text-3-', 'text-4-', 'text-5-']);
    });

    it('takes more as long as its peer reads', () => {
      const { follower } = makeHome();
      follower.ready(revision(0));
      for (let position = 1; position < 50; position += 2) {
        expect(follower.catchUp([aText(position)])).toBe(true);
        expect(follower.deliver([aText(position + 1)])).toBe(true);
      }
    });

    it('takes what it is given when its peer reads nothing, and says that it takes no more', () => {
      const { follower, told, stall, read } = makeHome();
      follower.ready(revision(0));
      stall();
      const large = Array.from({ length: 250 }, (_, index) => aText(index + 1, 9_000));
      expect(follower.deliver(large)).toBe(false);
      read();
      expect(textsIn(told())).toHaveLength(250);
    });

    it('waits for its peer after each part of what was missed', () => {
      const { follower, told, stall, read } = makeHome();
      follower.ready(revision(9));
      stall();
      expect(follower.catchUp([aText(10)])).toBe(false);
      read();
      expect(textsIn(told())).toEqual(['text-10-']);
    });

    it('asks for the rest after the last revision that it took, once its peer has read', async () => {
      const { follower, stall, read, resumed } = makeHome();
      follower.ready(revision(0));
      stall();
      follower.catchUp([aText(1), aText(7)]);
      expect(resumed).toEqual([]);
      read();
      await Promise.resolve();
      expect(resumed).toEqual([7]);
    });

    it('goes on after a reset from the revision that it was reset to', async () => {
      const { follower, told, stall, read, resumed } = makeHome();
      follower.ready(revision(2));
      follower.reset(revision(2_000));
      follower.deliver([aText(2_001)]);
      stall();
      follower.catchUp([aText(2_002)]);
      read();
      await Promise.resolve();
      expect(resumed).toEqual([2_002]);
      expect(textsIn(told())).toEqual(['text-2001-', 'text-2002-']);
    });

    it.each<EndReason>(['session_ended', 'not_a_member', 'unavailable'])('ends with its reason: %s', (reason) => {
      const { follower, ended } = makeHome();
      follower.ready(revision(0));
      follower.end(reason);
      expect(ended()).toEqual([reason]);
    });

    it('throws nothing when its peer is gone', () => {
      const { follower, vanish } = makeHome();
      follower.ready(revision(0));
      vanish();
      follower.deliver([aText(1)]);
      follower.catchUp([aText(2)]);
      follower.details(details);
      follower.reset(revision(3));
      follower.end('unavailable');
    });
  });
}
