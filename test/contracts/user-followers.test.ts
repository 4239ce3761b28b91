import { expect, it } from 'vitest';
import { Line } from '../../src/adapters/delivery/line.ts';
import { makeSocketReporting } from '../../src/adapters/delivery/reporting.ts';
import { UnsentChunks } from '../../src/adapters/delivery/unsent-chunks.ts';
import { noMeasurements } from '../../src/adapters/system/no-measurements.ts';
import type { FrameTurns } from '../../src/adapters/websocket/inbound.ts';
import { makeChatV1 } from '../../src/adapters/websocket/protocol.ts';
import { makeUserV1 } from '../../src/adapters/websocket/user-protocol.ts';
import { UserTalk } from '../../src/adapters/websocket/user-talk.ts';
import type { EndReason, UserFollower } from '../../src/application/ports/follower.ts';
import { chatName, revision } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import { epoch, installationId } from '../../src/domain/installation.ts';
import { readAll } from '../../src/domain/reading/read-pointer.ts';
import { anActor, aUser } from '../builders.ts';
import { recordingLog } from '../fakes.ts';
import { recordingUserFollower } from '../use-cases/chats/recording-user-follower.ts';
import { Pipe } from './pipe.ts';
import { type UserFollowerHome, userFollowerContract } from './user-follower-contract.ts';

const installation = { id: installationId('here'), epoch: epoch('first') };

const unused = (): never => {
  throw new Error('This is not asked for here.');
};

const alwaysBegin: FrameTurns = { enter: () => 'begin', leave: () => undefined };

function aSocket() {
  const pipe = new Pipe();
  const ended: EndReason[] = [];
  const connection = {
    isOpen: true,
    hold: () => undefined,
    release: () => undefined,
    watch: () => undefined,
    end: (reason: EndReason) => void ended.push(reason),
    giveUp: () => undefined,
  };
  const line = new Line(connection, pipe);
  const following = {
    join: async () => undefined,
    followChat: unused,
    renewPresence: unused,
    tellPresence: unused,
    used: () => undefined,
    stop: () => undefined,
  };
  let follower: UserFollower | undefined;
  new UserTalk({
    connection,
    line,
    caller: { actor: anActor(aUser()), address: '192.0.2.1', origin: undefined },
    host: {
      useCases: {
        followUser: (_actor, told) => {
          follower = told;
          return following;
        },
        followChat: unused,
        assertMayFollow: unused,
        paced: {
          takeTurn: () => 0,
          postMessage: unused,
          editMessage: unused,
          deleteMessage: unused,
          restoreMessage: unused,
          reactToMessage: unused,
          markRead: unused,
          markUnread: unused,
          signalTyping: unused,
        },
      },
      chatV1: makeChatV1(installation),
      userV1: makeUserV1(installation),
      reporting: makeSocketReporting({ log: recordingLog(), measurements: noMeasurements }),
      turns: {
        writes: alwaysBegin,
        reads: alwaysBegin,
        signals: alwaysBegin,
        typing: alwaysBegin,
        presence: alwaysBegin,
      },
      unsentChunks: new UnsentChunks(Number.POSITIVE_INFINITY),
      maxFollowedChats: 1,
      onBug: unused,
    },
  });
  if (!follower) throw new Error('The socket follows nothing.');
  return { pipe, connection, line, follower, ended };
}

userFollowerContract('user.v1 on a WebSocket', (): UserFollowerHome => {
  const { pipe, connection, follower, ended } = aSocket();
  return {
    follower,
    told: () => pipe.text,
    stall() {
      pipe.isStalled = true;
    },
    read: () => pipe.read(),
    vanish() {
      connection.isOpen = false;
    },
    ended: () => ended,
  };
});

userFollowerContract('a recording, as in use-case tests', (): UserFollowerHome => {
  const follower = recordingUserFollower();
  return {
    follower,
    told: () => follower.calls.join('\n'),
    stall: () => undefined,
    read: () => undefined,
    vanish: () => undefined,
    ended: () => REASONS.filter((reason) => follower.calls.includes(`end ${reason}`)),
  };
});

const REASONS: readonly EndReason[] = ['session_ended', 'not_a_member', 'unavailable'];

it('a summary that waited is not told after a newer one, when others of the connection go on first', async () => {
  const { pipe, line, follower } = aSocket();
  const { promise: othersDone, resolve: finishOthers } = Promise.withResolvers<void>();
  const chat = (at: number) =>
    follower.chat(
      { id: chatId(1), name: chatName(`at-${at}`), revision: revision(at), members: 2, last: null },
      {
        pointer: readAll(revision(at)),
        level: 'mentions',
        mutedUntil: null,
        pinned: false,
        role: 'member',
        revision: revision(at),
        unread: 0,
        mentions: 0,
      },
    );
  pipe.isStalled = true;
  // More than a connection may have unsent, so that summaries wait; another follower of the connection waits before them.
  line.write(Buffer.alloc(2 * 1024 * 1024));
  line.wait({ drained: () => undefined, goOn: () => othersDone });
  chat(1);
  pipe.read();
  chat(2);
  finishOthers();
  await othersDone;
  await Promise.resolve();
  expect(pipe.text.match(/at-\d/g)).toEqual(['at-2']);
});
