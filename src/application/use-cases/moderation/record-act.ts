import type { Act, NewAct } from '../../../domain/moderation/act.ts';
import { NO_REASON } from '../../../domain/moderation/reason.ts';
import type { Store } from '../../ports/store.ts';

type Optional = 'targetId' | 'reason' | 'undoes';

/** Writes down what the owner or a moderator did, in the unit of work that does it. */
export function recordAct(
  store: Pick<Store, 'acts'>,
  act: Omit<NewAct, Optional> & Partial<Pick<NewAct, Optional>>,
): Promise<Act> {
  return store.acts.add({ targetId: null, reason: NO_REASON, undoes: null, ...act });
}
