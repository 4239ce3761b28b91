import type { NotificationSettings } from '../../../domain/attention/settings.ts';
import { namedFor } from '../../../domain/chats/direct.ts';
import type { ChatId } from '../../../domain/ids.ts';
import { ANNOUNCEMENTS_KEPT_MS } from '../../../domain/push/announcement.ts';
import { MAX_REHEARSED, type Rehearsal, type RehearsedChange, rehearse } from '../../../domain/push/rehearsal.ts';
import type { Actor } from '../../actor.ts';
import type { Clock } from '../../ports/clock.ts';
import type { StoreView } from '../../ports/store.ts';
import { type NewNotifications, newSettings } from './set-notifications.ts';

export interface RehearsedNotifications extends Omit<Rehearsal, 'changes'> {
  readonly settings: NotificationSettings;
  /** Milliseconds since 1970: earlier decisions were left out. */
  readonly since: number;
  readonly changes: readonly NamedChange[];
}

export interface NamedChange extends RehearsedChange {
  readonly chat: { readonly id: ChatId; readonly name: string };
}

/**
 * What settings would have announced on the actor's devices over the last seven days, in the chats of their list, before they are saved:
 * the newest MAX_REHEARSED decisions of the ledger, made again with these settings.
 * @throws DomainError `invalid_notifications`
 */
export type RehearseNotifications = (actor: Actor, changes: NewNotifications) => Promise<RehearsedNotifications>;

export function makeRehearseNotifications(deps: {
  readonly view: StoreView;
  readonly clock: Clock;
}): RehearseNotifications {
  const { view, clock } = deps;

  return async ({ user }, changes) => {
    const settings = newSettings(await view.attention.settingsOf(user.id), changes);
    const kept = clock.now() - ANNOUNCEMENTS_KEPT_MS;
    const [ledger, chats] = await Promise.all([
      view.announcements.ledgerOf(user.id, { since: kept, limit: MAX_REHEARSED }),
      view.chats.summariesOfUser(user.id),
    ]);
    const named = new Map(chats.map((chat) => [chat.id, namedFor(user.id, chat)]));
    const rehearsal = rehearse(
      ledger.filter(({ chatId }) => named.has(chatId)),
      settings,
    );
    const since = ledger.length < MAX_REHEARSED ? kept : (ledger.at(-1)?.at ?? kept);
    const withName = (change: RehearsedChange): readonly NamedChange[] => {
      const chat = named.get(change.entry.chatId);
      return chat ? [{ ...change, chat: { id: chat.id, name: chat.name } }] : [];
    };
    return { ...rehearsal, settings, since, changes: rehearsal.changes.flatMap(withName) };
  };
}
