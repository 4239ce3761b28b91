import type { ReadingView } from '../../application/ports/reading.ts';
import { unreadCalls } from '../../domain/reading/calls.ts';
import { makeMemoryChatsView } from './chats.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryCalls(tables: Tables, moment: Moment): Pick<ReadingView, 'callsFor'> {
  const { summariesOfUser } = makeMemoryChatsView(tables, moment);
  return {
    async callsFor(userId) {
      const chats = await summariesOfUser(userId);
      return unreadCalls(chats.map(({ people, reading }) => ({ isDirect: people !== undefined, ...reading })));
    },
  };
}
