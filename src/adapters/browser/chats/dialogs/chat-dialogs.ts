import { onDemand } from '../../shell/on-demand.ts';
import { part } from '../../shell/part.ts';
import type { MembersOptions } from './members.ts';

/** Returns how to open the dialog that belongs to a link or a form of a chat's page. */
export function chatDialogs(options: MembersOptions): (from: HTMLAnchorElement | HTMLFormElement) => void {
  let form: HTMLFormElement;
  let pins: string;
  const openMembers = onDemand(
    () => import('./members.ts'),
    ({ membersDialog }) => membersDialog(options),
  );
  const openPins = onDemand(
    () => import('./pins.ts'),
    ({ pinsDialog }) => pinsDialog(pins, options.signal),
  );
  const search = onDemand(
    () => import('./chat-search.ts'),
    ({ chatSearch }) => chatSearch(part(document, '.chat-header', HTMLElement), options.signal),
  );
  const invite = onDemand(
    () => import('./invite.ts'),
    ({ inviteDialog }) => inviteDialog(form, options.signal),
  );
  return (from) => {
    if (from.matches('[data-details]')) openMembers((from as HTMLFormElement).action);
    else if (from instanceof HTMLFormElement) {
      form = from;
      invite();
    } else if (from.matches('[data-pins]')) {
      pins = from.href;
      openPins();
    } else if (from.matches('[data-search]')) search(from);
    else openMembers(from.href);
  };
}
