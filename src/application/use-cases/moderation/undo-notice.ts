import { shownRole } from '../../../domain/chats/membership.ts';
import type { User } from '../../../domain/identity/user.ts';
import type { UserId } from '../../../domain/ids.ts';
import type { MessageBody } from '../../../domain/messages/message-body.ts';
import { NOTICES } from '../../../domain/messages/notices.ts';
import type { Act } from '../../../domain/moderation/act.ts';
import type { Store } from '../../ports/store.ts';

/** What the members of the chat are told of an act that is undone; undefined where they were not told of the act. */
export async function undoNotice(store: Store, act: Act, by: User): Promise<MessageBody | undefined> {
  const name = async (id: UserId) => (await store.users.find(id))?.username;
  for (const change of act.changes) {
    switch (change.aspect) {
      case 'name':
        return NOTICES.renamed(by.username, change.before);
      case 'slow_mode':
        return NOTICES.slowed(by.username, change.before);
      case 'archive':
        return change.before === null ? NOTICES.broughtBack(by.username) : NOTICES.archived(by.username);
      case 'retention':
        return NOTICES.retained(by.username, change.before);
      case 'membership': {
        if (act.kind === 'handed_over') {
          const owner = await name(act.actorId);
          return owner && NOTICES.inherited(owner);
        }
        const member = await name(change.userId);
        if (!member || !change.before) return undefined;
        if (!change.after) return NOTICES.letBack(by.username, member);
        return NOTICES.givenRole(by.username, member, shownRole(change.before.role));
      }
      case 'ban':
      case 'bar':
      case 'invite':
      case 'message':
      case 'report':
        break;
      default:
        change satisfies never;
    }
  }
  return undefined;
}
