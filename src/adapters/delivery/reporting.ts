import type { Log } from '../../application/ports/log.ts';
import type { Measurements } from '../../application/ports/measurements.ts';
import type { Admission } from './admission.ts';
import { kindOfClose } from './close-codes.ts';

/** What whoever runs the server learns of sockets, by the log and by numbers. */
export interface SocketReporting {
  /** The server closes the socket with this code. */
  closed(admission: Admission, code: number): void;
  /** A frame was refused. */
  refused(code: string): void;
  /** A bug. */
  failed(admission: Admission, error: unknown): void;
}

export function makeSocketReporting({ log, measurements }: { log: Log; measurements: Measurements }): SocketReporting {
  return {
    closed(admission, code) {
      measurements.closedSocket(code);
      const kind = kindOfClose(code);
      if (kind === 'ordinary') return;
      const details = { event: 'socket_closed', ...describe(admission), code };
      if (kind === 'ended') log.info(details, 'a socket was closed');
      else log.warn(details, 'a socket was closed');
    },

    refused(code) {
      measurements.refused(code, 'websocket');
    },

    failed(admission, err) {
      measurements.refused('internal', 'websocket');
      log.error({ event: 'socket_failed', ...describe(admission), err }, 'a socket failed');
    },
  };
}

function describe({ actor: { user }, chatId, address, origin }: Admission) {
  return { user: { id: user.id, name: user.username }, chat_id: chatId, address, origin };
}
