import type { Attention, AttentionView } from '../../application/ports/attention.ts';
import { USUAL_SETTINGS } from '../../domain/attention/settings.ts';
import { attentionIn } from './reading.ts';
import type { Moment } from './table.ts';
import type { Tables } from './tables.ts';

export function makeMemoryAttention(tables: Tables): Attention {
  return {
    ...makeMemoryAttentionView(tables, 'current'),

    async setSettings(userId, settings) {
      tables.users.require(userId);
      tables.settings.put(userId, settings);
    },
  };
}

export function makeMemoryAttentionView(tables: Tables, moment: Moment): AttentionView {
  const settingsIn = (userId: Parameters<AttentionView['settingsOf']>[0]) =>
    tables.settings[moment].get(userId) ?? USUAL_SETTINGS;
  return {
    settingsOf: async (userId) => settingsIn(userId),

    async ofMembers(chatId, userIds) {
      const members = userIds.filter((userId) => tables.members[moment].get(`${chatId}/${userId}`) !== undefined);
      return new Map(
        members.map((userId) => [
          userId,
          { ...attentionIn(tables, moment, `${chatId}/${userId}`), settings: settingsIn(userId) },
        ]),
      );
    },
  };
}
