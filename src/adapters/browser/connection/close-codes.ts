import { CLOSE } from '../../wire/frames.ts';

export type Ending = 'signed-out' | 'not-a-member' | 'rejected';

/** Why there is no connection: for good, because a server that is well does not let it in now, or something else answers. */
export type Refused = Ending | 'turned-away' | 'intercepted';

/** What browsers report when the other side said nothing, as when it refused the handshake. */
export const NO_CLOSE_FRAME = 1006;

const BROKEN_FRAMING = 1002;
const NOT_UTF8 = 1007;
const TOO_BIG = 1009;

/** Why there is no use in connecting again, or undefined when there is. */
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
