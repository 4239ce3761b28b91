import { type RequestContext, wantsPage } from '../env.ts';
import { isRefusal } from './refused-form.ts';

/** Does the work, or leads people to the page that asks who they are, which leads back to the path. Programs get the problem. */
export async function confirmedFirst(
  c: RequestContext,
  path: string,
  work: () => Promise<Response>,
): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    if (!wantsPage(c) || !isRefusal(error, ['confirmation_needed'])) throw error;
    return c.redirect(`/account/confirm?next=${encodeURIComponent(path)}`, 303);
  }
}
