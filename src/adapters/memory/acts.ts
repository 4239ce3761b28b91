import type { Acts, ActsView } from '../../application/ports/acts.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { type Act, actId } from '../../domain/moderation/act.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryActs(tables: Tables): Acts {
  const { acts, chats, users } = tables;
  let lastId = 0;
  return {
    ...makeMemoryActsView(tables, 'current'),

    async add(act) {
      chats.require(act.chatId);
      users.require(act.actorId);
      if (act.targetId !== null) users.require(act.targetId);
      if (act.undoes !== null && [...acts.current.values()].some(({ undoes }) => undoes === act.undoes))
        throw new Error(`acts: ${act.undoes} is already undone`);
      lastId += 1;
      const added = { ...act, id: actId(lastId) };
      acts.insert(added.id, added);
      return added;
    },
  };
}

export function makeMemoryActsView(tables: Tables, moment: Moment): ActsView {
  const ofChat = (chatId: ChatId): readonly Act[] =>
    [...tables.acts[moment].values()]
      .filter((act) => act.chatId === chatId)
      .toSorted((one, other) => one.id - other.id);
  const user = (id: UserId) => tables.users[moment].get(id)?.user;

  return {
    async find(chatId, id) {
      const act = tables.acts[moment].get(id);
      return act?.chatId === chatId ? act : undefined;
    },

    async list(chatId, before, limit) {
      const all = ofChat(chatId);
      const undone = new Set(all.map(({ undoes }) => undoes));
      const page = all.filter(({ id }) => before === undefined || id < before).toReversed();
      return page.slice(0, limit).flatMap((act) => {
        const actor = user(act.actorId);
        const target = act.targetId === null ? undefined : user(act.targetId);
        return actor ? [{ act, actor, target, isUndone: undone.has(act.id) }] : [];
      });
    },

    after: async (chatId, id) => ofChat(chatId).filter((act) => act.id > id),
  };
}
