import type { UseCases } from '../../../application/use-cases.ts';
import { toWire } from '../../wire/message.ts';
import { cookieTheme } from '../cookies/theme.ts';
import { type RequestContext, requireActor } from '../env.ts';
import { ourOrigin } from '../requests/our-origin.ts';
import { permalinkPath, placeIn } from '../requests/path-ids.ts';
import type { Pages } from './pages.ts';
import type { MessagePage } from './pages-data.ts';

export interface MessagePageDeps {
  readonly useCases: Pick<UseCases, 'openMessage'>;
  readonly pages: Pages;
  readonly publicOrigin: string | undefined;
}

/** The page of the message that the request names, with its forms. */
export async function messagePage(
  { useCases, pages, publicOrigin }: MessagePageDeps,
  c: RequestContext,
  refused?: MessagePage['refused'],
  reportProblem?: string,
): Promise<string> {
  const actor = requireActor(c);
  const { chat, message, may } = await useCases.openMessage(actor, placeIn(c));
  const permalink = `${ourOrigin(c, publicOrigin)}${permalinkPath(message)}`;
  return pages.message({
    theme: cookieTheme(c),
    user: actor.user,
    chat,
    message: toWire(message),
    may,
    permalink,
    refused,
    reportProblem,
  });
}
