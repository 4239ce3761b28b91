import type { UseCases } from '../../../application/use-cases.ts';
import { timestamp } from '../../wire/timestamp.ts';
import { cookieLook } from '../cookies/look.ts';
import { type RequestContext, requireActor } from '../env.ts';
import type { AccountPage } from '../pages/account-pages.ts';
import type { Pages } from '../pages/pages.ts';

/** What the caller did last. */
export type ShownAccount = Pick<AccountPage, 'saved' | 'problem' | 'wanted'>;

export interface AccountPageDeps {
  readonly useCases: Pick<UseCases, 'viewPasskeys' | 'viewRecovery'>;
  readonly pages: Pages;
}

/** The page of the caller's account. */
export async function showAccount(
  { useCases, pages }: AccountPageDeps,
  c: RequestContext,
  shown: ShownAccount,
): Promise<string> {
  const actor = requireActor(c);
  const [{ lastChange }, held] = await Promise.all([useCases.viewPasskeys(actor), useCases.viewRecovery(actor)]);
  const passkeyChange = lastChange && { ...lastChange, at: timestamp(lastChange.at) };
  const isHeld = held.passkeys.length + held.sessions.length > 0;
  return pages.account({ ...cookieLook(c), user: actor.user, passkeyChange, isHeld, ...shown });
}
