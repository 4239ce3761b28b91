import type { Admission } from '../../src/adapters/delivery/admission.ts';
import { Delivery } from '../../src/adapters/delivery/delivery.ts';
import type { Dialect } from '../../src/adapters/delivery/dialect.ts';
import { Line } from '../../src/adapters/delivery/line.ts';
import { UnsentChunks } from '../../src/adapters/delivery/unsent-chunks.ts';
import { makeEventDialect } from '../../src/adapters/event-stream/events.ts';
import { PlainAuthor } from '../../src/adapters/websocket/plain-author.ts';
import { makeChatV1 } from '../../src/adapters/websocket/protocol.ts';
import type { EndReason } from '../../src/application/ports/follower.ts';
import { type Revision, revision } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import { epoch, installationId } from '../../src/domain/installation.ts';
import { anActor, aUser } from '../builders.ts';
import { recordingFollower } from '../use-cases/messages/recording-follower.ts';
import { type FollowerHome, followerContract } from './follower-contract.ts';
import { Pipe } from './pipe.ts';

const installation = { id: installationId('here'), epoch: epoch('first') };

const admission: Admission = {
  actor: anActor(aUser()),
  address: '192.0.2.1',
  origin: undefined,
  chatId: chatId(1),
  after: revision(0),
  wantsDetails: true,
};

/** A delivery over one connection, as sockets and event streams have it. */
function aConnection(dialect: Dialect): FollowerHome {
  const pipe = new Pipe();
  const ended: EndReason[] = [];
  const resumed: Revision[] = [];
  const peer = { isOpen: true, hold: () => undefined, release: () => undefined, watch: () => undefined };
  const follower = new Delivery({
    owner: { ended: (_chatId, reason) => void ended.push(reason) },
    line: new Line(peer, pipe),
    dialect,
    unsentChunks: new UnsentChunks(Number.POSITIVE_INFINITY),
    admission,
    follow: () => ({
      join: async () => undefined,
      resume: async (after) => void resumed.push(after),
      flush: () => undefined,
      used: () => undefined,
      stop: () => undefined,
    }),
  });
  return {
    follower,
    told: () => pipe.text,
    stall() {
      pipe.isStalled = true;
    },
    read: () => pipe.read(),
    vanish() {
      peer.isOpen = false;
    },
    resumed,
    ended: () => ended,
  };
}

const REASONS: readonly EndReason[] = ['session_ended', 'not_a_member', 'unavailable'];

/** The fake of the use-case tests, whose tests ask for the rest themselves. */
function aRecording(): FollowerHome {
  const follower = recordingFollower();
  const resumed: Revision[] = [];
  return {
    follower,
    told: () => follower.calls.join('\n'),
    stall() {
      follower.takesMore = false;
    },
    read() {
      follower.takesMore = true;
      const last = follower.delivered.at(-1);
      if (last) resumed.push(last.revision);
    },
    vanish: () => undefined,
    resumed,
    ended: () => REASONS.filter((reason) => follower.calls.includes(`end ${reason}`)),
  };
}

followerContract('chat.v1 on a WebSocket', () => aConnection(makeChatV1(installation)));
followerContract('plain text on a WebSocket', () => aConnection(new PlainAuthor(aUser().id)));
followerContract('an event stream', () => aConnection(makeEventDialect(installation)));
followerContract('a recording, as in use-case tests', aRecording);
