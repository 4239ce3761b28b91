import type { RequestContext } from '../env.ts';
import type { ShownChats } from '../pages/pages-data.ts';

/** Which chats the list of the page is to show, by the parameter `show` of the address. */
export function shownChatsIn(c: RequestContext): ShownChats {
  const show = c.req.query('show');
  return show === 'unread' || show === 'direct' ? show : 'all';
}
