import type { DetailsFrame } from '../../wire/frames.ts';
import type { Timeline } from '../log/timeline.ts';
import { part } from '../shell/part.ts';
import { memberCount } from './chat-words.ts';

/** What the details of a chat take out of its log. */
export type ErasableLog = Pick<Timeline, 'eraseTo'>;

/** Shows a chat's name, members and connected people in all places of its page. */
export function detailsDisplay(main: HTMLElement, log: ErasableLog): (details: DetailsFrame) => void {
  const heading = part(main, 'h1', HTMLElement);
  const members = part(main, '[data-members]', HTMLElement);
  const connected = part(main, '[data-connected]', HTMLElement);
  return (details) => {
    if (heading.textContent !== details.name) rename(main, details.name);
    members.textContent = memberCount(details.members);
    connected.textContent = ` · ${details.connected} online`;
    connected.hidden = false;
    // Also where the page shows some that have ended.
    if (details.slow_mode || details.archived || details.erased_to || details.retention_days || 'rules' in main.dataset)
      rules(main, details, log);
  };
}

function rules(main: HTMLElement, details: DetailsFrame, log: ErasableLog): void {
  main.dataset.rules = '';
  import('./chat-rules.ts').then(({ showRules }) => showRules(main, details, log)).catch(() => undefined);
}

/** Where the script cannot be loaded, the next details try again. */
function rename(main: HTMLElement, name: string): void {
  import('./rename.ts').then(({ renameChat }) => renameChat(main, name)).catch(() => undefined);
}
