import type { DetailsFrame } from '../../wire/frames.ts';
import type { Timeline } from '../log/timeline.ts';
import { part } from '../shell/part.ts';
import { memberCount } from './chat-words.ts';

/** Shows a chat's name, members and connected people in all places of its page. */
export function detailsDisplay(main: HTMLElement, log: Pick<Timeline, 'eraseTo'>): (details: DetailsFrame) => void {
  const heading = part(main, 'h1', HTMLElement);
  const members = part(main, '[data-members]', HTMLElement);
  const connected = part(main, '[data-connected]', HTMLElement);
  // What is loaded shows the latest details: browsers do not resolve several imports of a script in the order of the calls.
  let latest: DetailsFrame;
  const rules = () => {
    main.dataset.rules = '';
    import('./chat-rules.ts').then(({ showRules }) => showRules(main, latest, log)).catch(() => undefined);
  };
  /** Where the script cannot be loaded, the next details try again. */
  const rename = () => {
    import('./rename.ts').then(({ renameChat }) => renameChat(main, latest.name)).catch(() => undefined);
  };
  return (details) => {
    latest = details;
    if (heading.textContent !== details.name) rename();
    members.textContent = memberCount(details.members);
    connected.textContent = ` · ${details.connected} online`;
    connected.hidden = false;
    // Also where the page shows some that have ended.
    if (details.slow_mode || details.archived || details.erased_to || details.retention_days || 'rules' in main.dataset)
      rules();
  };
}
