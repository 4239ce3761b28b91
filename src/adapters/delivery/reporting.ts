import type { Log } from '../../application/ports/log.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { ChatId } from '../../domain/ids.ts';
import type { Caller } from './admission.ts';
import { kindOfClose } from './close-codes.ts';

/** A caller, and the chat of a connection that has only one. */
interface Reported extends Caller {
  readonly chatId?: ChatId;
}

/** What the log and the metrics tell the operator about sockets. */
export interface SocketReporting {
  /** The server closes the socket with this code. */
  closed(caller: Reported, code: number): void;
  /** A frame was refused. */
  refused(code: string): void;
  /** A bug. */
  failed(caller: Reported, error: unknown): void;
}

export function makeSocketReporting({ log, measurements }: { log: Log; measurements: Measurements }): SocketReporting {
  return {
    closed(caller, code) {
      measurements.closedSocket(code);
      const kind = kindOfClose(code);
      if (kind === 'ordinary') return;
      const details = { event: 'socket_closed', ...describe(caller), code };
      if (kind === 'ended') log.info(details, 'a socket was closed');
      else log.warn(details, 'a socket was closed');
    },

    refused(code) {
      measurements.refused(code, 'websocket');
    },

    failed(caller, err) {
      measurements.refused('internal', 'websocket');
      log.error({ event: 'socket_failed', ...describe(caller), err }, 'a socket failed');
    },
  };
}

function describe({ actor: { user }, chatId, address, origin }: Reported) {
  return { user: { id: user.id, name: user.username }, chat_id: chatId, address, origin };
}
