import { DomainError } from '../../../domain/errors.ts';
import type { SessionId } from '../../../domain/ids.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';

/** Notes that the session was used at this moment. False when nothing can be written now, which keeps nobody from reading. */
export async function seeSession(unitOfWork: UnitOfWork, id: SessionId, now: number): Promise<boolean> {
  try {
    await unitOfWork.run((store) => store.sessions.see(id, now));
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'unavailable') return false;
    throw error;
  }
}
