import type { Revision } from '../../../domain/chats/chat.ts';
import type { BlobKey } from '../../../domain/files/file.ts';
import type { TextMessage } from '../../../domain/messages/message.ts';
import type { Store } from '../../ports/store.ts';
import { type CardRules, linkOf } from './card-rules.ts';

/**
 * Takes the card from a message whose edit has another link, and adds the job for another one, in the unit of work of the edit. A card stays
 * with its link.
 * @returns the card afterwards, and the keys of what the earlier one had in the store
 */
export async function renewCard(
  store: Store,
  {
    current,
    changed,
    rules,
  }: { readonly current: TextMessage; readonly changed: TextMessage; readonly rules: CardRules },
): Promise<{ readonly card: TextMessage['card']; readonly dropped: readonly BlobKey[] }> {
  const { chatId, position } = changed;
  const revision: Revision = changed.revision;
  // Also where cards are off: it would come back when they are on again.
  const [earlier, link] = [current, changed].map(({ text }) => linkOf(text, { ...rules, isOn: true }));
  if (earlier === link) return { card: current.card, dropped: [] };
  if (link !== undefined && rules.isOn)
    await store.jobs.add({ kind: 'make_card', chatId, position, tries: 0 }, { delayMs: 0 });
  return earlier === undefined
    ? { card: current.card, dropped: [] }
    : store.linkCards.set({ chatId, position }, null, revision);
}
