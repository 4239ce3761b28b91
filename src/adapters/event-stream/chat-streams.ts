import type { UseCases } from '../../application/use-cases.ts';
import { DomainError } from '../../domain/errors.ts';
import type { Installation } from '../../domain/installation.ts';
import { Heartbeat } from '../delivery/heartbeat.ts';
import type { SocketReporting } from '../delivery/reporting.ts';
import type { SocketPlaces } from '../delivery/socket-places.ts';
import type { UnsentChunks } from '../delivery/unsent-chunks.ts';
import type { AcceptStream } from '../http/routes/chat-events.ts';
import { CLOSE } from '../wire/frames.ts';
import { EventStream, type EventStreamHost } from './event-stream.ts';
import { makeEventDialect } from './events.ts';

export interface ChatStreams {
  /** Opens the stream of a request that was let in. */
  readonly accept: AcceptStream;
  /** Number of open streams. */
  readonly count: number;
  /** Ends all streams with 1012, and refuses new ones. */
  close(): void;
}

export function makeChatStreams(deps: {
  readonly useCases: Pick<UseCases, 'followChat'>;
  readonly installation: Installation;
  readonly reporting: SocketReporting;
  /** Undefined when nothing is limited. */
  readonly places: SocketPlaces | undefined;
  readonly unsentChunks: UnsentChunks;
}): ChatStreams {
  const { reporting, places } = deps;
  const streams = new Set<EventStream>();
  const host: EventStreamHost = {
    followChat: deps.useCases.followChat,
    dialect: makeEventDialect(deps.installation),
    reporting,
    unsentChunks: deps.unsentChunks,
    ended: (stream) => streams.delete(stream),
  };
  const heartbeat = new Heartbeat(() => streams);
  let isClosing = false;

  return {
    get count() {
      return streams.size;
    },

    accept(c, { addressKey, ...admission }) {
      if (isClosing) throw new DomainError('unavailable', 'The server is about to stop.');
      places?.take(c.env.outgoing, { userId: admission.actor.user.id, addressKey });
      const stream = new EventStream(host, admission);
      streams.add(stream);
      stream.open();
      return stream.body;
    },

    close() {
      isClosing = true;
      heartbeat.stop();
      for (const stream of streams) stream.close(CLOSE.restarting);
    },
  };
}
