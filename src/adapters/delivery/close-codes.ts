import type { EndReason } from '../../application/ports/follower.ts';
import { CLOSE } from '../wire/frames.ts';

/** With which code a connection ends whose following was ended. */
export const CLOSE_FOR: Record<EndReason, number> = {
  session_ended: CLOSE.sessionEnded,
  not_a_member: CLOSE.notAMember,
  unavailable: CLOSE.tooSlow,
};

/** Ways of closing that come of abuse or trouble, as against a session, a membership or the server coming to its end. */
const ABNORMAL: ReadonlySet<number> = new Set([1002, CLOSE.notText, 1007, CLOSE.abuse, 1009, CLOSE.tooSlow]);
const ENDED: ReadonlySet<number> = new Set([CLOSE.sessionEnded, CLOSE.notAMember]);

export function kindOfClose(code: number): 'abnormal' | 'ended' | 'ordinary' {
  if (ABNORMAL.has(code)) return 'abnormal';
  return ENDED.has(code) ? 'ended' : 'ordinary';
}
