import type { ChatName, Revision } from '../chats/chat.ts';
import type { Act } from '../moderation/act.ts';

/**
 * The name of a chat before the acts that came after a revision.
 * @param name after all of them
 * @param acts newest first
 */
export function nameAt(name: ChatName, acts: readonly Act[], revision: Revision): ChatName {
  const renamings = acts
    .filter((act) => act.revision > revision)
    .flatMap(({ changes }) => changes.flatMap((change) => (change.aspect === 'name' ? [change.before] : [])));
  return renamings.at(-1) ?? name;
}
