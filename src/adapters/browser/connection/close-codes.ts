import { CLOSE } from '../../wire/frames.ts';

export type Ending = 'signed-out' | 'not-a-member' | 'rejected';

/**
 * Why a request or a connection was refused: for good, or because a healthy server has no room, or because something else
 * answered in the server's place.
 */
export type Refused = Ending | 'turned-away' | 'intercepted';

/** The code that browsers report when the other side sent no close frame, as when it refused the handshake. */
export const NO_CLOSE_FRAME = 1006;

const BROKEN_FRAMING = 1002;
const NOT_UTF8 = 1007;
const TOO_BIG = 1009;

/** The reason why connecting again is of no use, or undefined when it may succeed. */
export function endingOf(closeCode: number): Ending | undefined {
  switch (closeCode) {
    case CLOSE.sessionEnded:
      return 'signed-out';
    case CLOSE.notAMember:
      return 'not-a-member';
    case CLOSE.abuse:
    case TOO_BIG:
    case CLOSE.notText:
    case NOT_UTF8:
    case BROKEN_FRAMING:
      return 'rejected';
    default:
      return undefined;
  }
}
