import { type Revision, revision } from '../../../domain/chats/chat.ts';
import { type Message, textRevision } from '../../../domain/messages/message.ts';
import { asItStood, isAsItStood } from '../../../domain/past/as-it-stood.ts';
import type { PastFact } from '../../../domain/past/past-fact.ts';
import type { StoreView } from '../../ports/store.ts';

/** Messages of one chat as they stood. Only those that have changed since cost reads of their own. */
export async function readPast(
  view: StoreView,
  messages: readonly Message[],
  at: Revision,
): Promise<readonly Message[]> {
  const [first] = messages;
  if (!first) return messages;
  const changed = messages.filter((message) => !isAsItStood(message, at));
  const reactions = await Promise.all(changed.map((message) => view.messages.reactionsTo(message)));
  const earlier = await Promise.all(changed.map((message) => earlierText(view, message, at)));
  // Behind the others: what ends between the reads is in both, and not in neither.
  const facts = await view.past.factsOf(
    first.chatId,
    changed.map(({ position }) => position),
  );
  const stood = changed.map((message, index) => {
    const traces = { reactions: reactions[index] ?? [], earlier: earlier[index], facts: facts.get(message.position) };
    return asItStood(message, at, { ...traces, facts: traces.facts ?? NO_FACTS });
  });
  const byPosition = new Map(stood.map((message) => [message.position, message]));
  return messages.map((message) => byPosition.get(message.position) ?? message);
}

const NO_FACTS: readonly PastFact[] = [];

async function earlierText(view: StoreView, message: Message, at: Revision) {
  if (message.kind !== 'text' || textRevision(message) <= at) return undefined;
  const [version] = await view.messages.earlierVersions(message, { before: revision(at + 1), limit: 1 });
  return version;
}
