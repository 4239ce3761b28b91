import { CLOSE } from '../wire/frames.ts';

export type Ending = 'signed-out' | 'not-a-member' | 'rejected';

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
