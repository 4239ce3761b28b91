import type { Blocks, BlocksView } from '../../application/ports/blocks.ts';
import { inOrderOfIds } from '../../domain/chats/direct.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryBlocks(tables: Tables): Blocks {
  const { blocks, users } = tables;
  return {
    ...makeMemoryBlocksView(tables, 'current'),

    async add({ by, blocked }) {
      users.require(by);
      users.require(blocked);
      blocks.put(`${by}/${blocked}`, { by, blocked });
    },

    async remove({ by, blocked }) {
      if (!blocks.current.get(`${by}/${blocked}`)) return false;
      blocks.remove(`${by}/${blocked}`);
      return true;
    },
  };
}

export function makeMemoryBlocksView(tables: Tables, moment: Moment): BlocksView {
  return {
    async by(userId) {
      const blocked = [...tables.blocks[moment].values()].filter(({ by }) => by === userId);
      return inOrderOfIds(blocked.flatMap(({ blocked }) => tables.users[moment].get(blocked)?.user ?? []));
    },

    async of(userId) {
      return [...tables.blocks[moment].values()].filter(({ blocked }) => blocked === userId).map(({ by }) => by);
    },

    async among(userIds) {
      return userIds.flatMap((by) => userIds.flatMap((blocked) => tables.blocks[moment].get(`${by}/${blocked}`) ?? []));
    },
  };
}
