import { DomainError } from '../../../domain/errors.ts';
import { assertConfirmed } from '../../../domain/identity/two-step.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { ChatId } from '../../../domain/ids.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import { assertMayGo } from './delete-account.ts';

/** What the deletion of the actor's account would do. */
export interface DeletionOutlook {
  /** At most MAX_SHOWN chats that the actor owns, and who would own them then; nobody where the actor is alone. */
  readonly owned: readonly { readonly id: ChatId; readonly name: string; readonly heir: User | undefined }[];
  /** False for the only administrator of an installation that others use. */
  readonly mayGo: boolean;
}

/** @throws DomainError `confirmation_needed` */
export type ViewDeletion = (actor: Actor) => Promise<DeletionOutlook>;

const MAX_SHOWN = 100;
const PAGE = 500;

export function makeViewDeletion(deps: { readonly view: StoreView; readonly clock: Clock }): ViewDeletion {
  const { view, clock } = deps;

  return async ({ user, credential }) => {
    assertConfirmed((await view.sessions.find(credential.id))?.session, clock.now());
    const owned: ChatId[] = [];
    for (let after: ChatId | undefined; owned.length < MAX_SHOWN; ) {
      const page = await view.members.ofUser(user.id, after, PAGE);
      owned.push(...page.filter(({ role }) => role === 'owner').map(({ chatId }) => chatId));
      after = page.at(-1)?.chatId;
      if (page.length < PAGE) break;
    }
    const shown = owned.slice(0, MAX_SHOWN).map((id) => outlookOf(view, user, id));
    return { owned: (await Promise.all(shown)).flatMap((one) => one ?? []), mayGo: await mayGo(view, user) };
  };
}

async function outlookOf({ chats, members }: StoreView, user: User, id: ChatId) {
  const chat = await chats.find(id);
  const heir = await members.heir(id, user.id);
  return chat && { id, name: chat.name, heir };
}

async function mayGo(view: StoreView, { id }: User): Promise<boolean> {
  try {
    await assertMayGo(view, id);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'last_administrator') return false;
    throw error;
  }
}
