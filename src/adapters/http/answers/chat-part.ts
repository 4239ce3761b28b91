import type { Actor } from '../../../application/actor.ts';
import type { Installation } from '../../../domain/installation.ts';
import type { RequestContext } from '../env.ts';
import type { Assets } from '../pages/assets.ts';
import type { PageExtent } from '../pages/page-cache.ts';
import { offlineCopyFor } from './offline-copy.ts';

/** The header by which the script asks for the part of a chat's page that differs from the page that it is on. */
const PART = 'Shoal-Part';

/** Says what the answer depends on, although caches are told to store none of the answers. */
export const VARIES_BY_PART = { Vary: `Accept-Encoding, ${PART}` };

export const extentAskedFor = (c: RequestContext): PageExtent => (c.req.header(PART) === undefined ? 'whole' : 'part');

/**
 * The headers of a part. They name the data, the person and the script for which it was made, so that it is not shown in the page of
 * another person or another release. Unlike a whole page it may not be stored.
 */
export function partHeaders(
  { installation, assets }: { readonly installation: Installation; readonly assets: Assets },
  actor: Actor,
): Record<string, string> {
  const { 'Offline-Copy-For': person } = offlineCopyFor(installation, actor);
  return { ...VARIES_BY_PART, [PART]: `${person} ${assets.url('client.js')}` };
}
