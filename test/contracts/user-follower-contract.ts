import { describe, expect, it } from 'vitest';
import type { EndReason, UserFollower } from '../../src/application/ports/follower.ts';
import { chatName, revision } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import type { ListedChat } from '../../src/domain/reading/reading.ts';

export interface UserFollowerHome {
  readonly follower: UserFollower;
  /** Everything that its peer was told, however it is encoded. */
  told(): string;
  /** The peer reads nothing until `read`. */
  stall(): void;
  read(): void;
  /** The peer is gone. */
  vanish(): void;
  /** The ends that it passed on. */
  ended(): readonly EndReason[];
}

/** A chat whose name says which it is, and at which revision it was read. */
const aChat = (id: number, at = 1): ListedChat => ({
  id: chatId(id),
  name: chatName(`chat-${id}-at-${at}`),
  revision: revision(at),
  members: 2,
  last: null,
  reading: {
    pointer: { position: revision(0), version: 0 },
    level: 'mentions',
    mutedUntil: null,
    pinned: false,
    role: 'member',
    revision: revision(at),
    unread: 0,
    mentions: 0,
  },
});

const tell = (follower: UserFollower, chat: ListedChat) => follower.chat(chat, chat.reading);

const namesIn = (told: string): readonly string[] => told.match(/chat-\d+-at-\d+/g) ?? [];

/** Every follower of a user's chats runs this. */
export function userFollowerContract(name: string, makeHome: () => UserFollowerHome): void {
  describe(`a user's follower by ${name}`, () => {
    it('tells its peer the chats in their order, and each change after it', () => {
      const { follower, told } = makeHome();
      follower.hello([aChat(2), aChat(1)]);
      tell(follower, aChat(1, 5));
      tell(follower, aChat(3));
      expect(namesIn(told())).toEqual(['chat-2-at-1', 'chat-1-at-1', 'chat-1-at-5', 'chat-3-at-1']);
    });

    it('tells its peer that a chat was left', () => {
      const { follower, told } = makeHome();
      follower.hello([aChat(41)]);
      const before = told().length;
      follower.left(chatId(41));
      expect(told().slice(before)).toContain('41');
    });

    it('loses no chat when its peer reads nothing for a while, and tells the latest of each last', async () => {
      const { follower, told, stall, read } = makeHome();
      follower.hello([]);
      stall();
      for (let at = 1; at <= 9; at += 1) for (const id of [1, 2, 3]) tell(follower, aChat(id, at));
      read();
      await Promise.resolve();
      for (const id of [1, 2, 3]) {
        expect(namesIn(told()).findLast((name) => name.startsWith(`chat-${id}-`))).toBe(`chat-${id}-at-9`);
      }
    });

    it('tells its peer for which message a sound is played', () => {
      const { follower, told } = makeHome();
      follower.hello([]);
      const before = told().length;
      follower.sound(chatId(41), revision(57));
      expect(told().slice(before)).toContain('41');
      expect(told().slice(before)).toContain('57');
    });

    it.each<EndReason>(['session_ended', 'unavailable'])('ends with its reason: %s', (reason) => {
      const { follower, ended } = makeHome();
      follower.hello([]);
      follower.end(reason);
      expect(ended()).toEqual([reason]);
    });

    it('throws nothing when its peer is gone', () => {
      const { follower, vanish } = makeHome();
      follower.hello([aChat(1)]);
      vanish();
      tell(follower, aChat(1, 2));
      follower.left(chatId(1));
      follower.end('unavailable');
    });
  });
}
