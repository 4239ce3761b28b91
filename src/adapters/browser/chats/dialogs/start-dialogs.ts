import { isForNewTab } from '../../shell/is-for-new-tab.ts';
import { onDemand } from '../../shell/on-demand.ts';
import type { MembersOptions } from './members.ts';

/** Their pages are shown in dialogs. */
const BUTTONS = '.chat-facts, [data-pins]';
/** A mention opens its person among the members, as the form opens all of them. */
const LINKS = '[data-pins], [data-search], .mention';

/** Opens the members, the pins and a new invite in dialogs instead of the pages that the links and the form lead to. */
export function startDialogs(main: HTMLElement, options: MembersOptions): void {
  const open = onDemand(
    () => import('./chat-dialogs.ts'),
    ({ chatDialogs }) => chatDialogs(options),
  );
  for (const link of main.querySelectorAll(BUTTONS)) link.ariaHasPopup = 'dialog';
  main.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest(LINKS) : null;
    if (!(link instanceof HTMLAnchorElement) || isForNewTab(event)) return;
    event.preventDefault();
    // Gives the focus back to its button, to which it returns from the dialog too.
    link.closest<HTMLElement>('[popover]')?.hidePopover();
    open(link);
  });
  main.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches('[data-invite], [data-details]')) return;
    event.preventDefault();
    open(form);
  });
}
