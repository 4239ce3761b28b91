import type { Attention } from '../../application/ports/attention.ts';
import type { Keyword } from '../../domain/attention/keywords.ts';
import { WEEKDAYS } from '../../domain/attention/quiet-hours.ts';
import { type MemberAttention, type NotificationSettings, USUAL_SETTINGS } from '../../domain/attention/settings.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import { prepareForList } from './in-list.ts';
import { type Params, prepare } from './prepare.ts';
import { toChatAttention } from './reading.ts';
import type { Schema } from './schema.ts';
import type { SqlDatabase } from './sql-database.ts';

/** Maximum users of one statement. */
const BATCH = 1_000;

const SETTINGS = ['quiet_zone', 'quiet_days', 'quiet_from', 'quiet_to', 'keywords', 'sound'] as const;

export function makeAttention(db: SqlDatabase): Attention {
  const byUser = prepare(db, (param: Params<{ userId: UserId }>) =>
    db.selectFrom('notification_settings').select(SETTINGS).where('user_id', '=', param('userId')),
  );
  return {
    async settingsOf(userId) {
      const [row] = await byUser({ userId });
      return row ? toSettings(row) : USUAL_SETTINGS;
    },
    ofMembers: makeOfMembers(db),
    setSettings: makeSetSettings(db),
  };
}

function makeOfMembers(db: SqlDatabase): Attention['ofMembers'] {
  const select = prepareForList(db, (param: Params<{ chatId: ChatId }>, userIds: readonly UserId[]) =>
    db
      .selectFrom('members')
      .leftJoin('levels', (join) =>
        join.onRef('levels.chat_id', '=', 'members.chat_id').onRef('levels.user_id', '=', 'members.user_id'),
      )
      .leftJoin('notification_settings as settings', 'settings.user_id', 'members.user_id')
      .select(['members.user_id', 'members.role', 'levels.level', 'levels.muted_until'])
      .select(SETTINGS)
      .where('members.chat_id', '=', param('chatId'))
      .where('members.user_id', 'in', userIds),
  );
  return async (chatId, userIds) => {
    const found = new Map<UserId, MemberAttention>();
    for (let at = 0; at < userIds.length; at += BATCH) {
      const [first, ...others] = userIds.slice(at, at + BATCH);
      if (first === undefined) break;
      for (const { user_id, ...row } of await select({ chatId }, [first, ...others])) {
        const { keywords, sound } = row;
        const isSet = keywords !== null && sound !== null;
        const settings = isSet ? toSettings({ ...row, keywords, sound }) : USUAL_SETTINGS;
        found.set(user_id, { ...toChatAttention(row), settings });
      }
    }
    return found;
  };
}

function makeSetSettings(db: SqlDatabase): Attention['setSettings'] {
  const upsert = prepare(db, (param: Params<Schema['notification_settings']>) =>
    db
      .insertInto('notification_settings')
      .values({
        user_id: param('user_id'),
        quiet_zone: param('quiet_zone'),
        quiet_days: param('quiet_days'),
        quiet_from: param('quiet_from'),
        quiet_to: param('quiet_to'),
        keywords: param('keywords'),
        sound: param('sound'),
      })
      .onConflict((conflict) =>
        conflict.column('user_id').doUpdateSet((column) => ({
          quiet_zone: column.ref('excluded.quiet_zone'),
          quiet_days: column.ref('excluded.quiet_days'),
          quiet_from: column.ref('excluded.quiet_from'),
          quiet_to: column.ref('excluded.quiet_to'),
          keywords: column.ref('excluded.keywords'),
          sound: column.ref('excluded.sound'),
        })),
      ),
  );
  return async (userId, { quietHours, keywords, sound }) => {
    await upsert({
      user_id: userId,
      quiet_zone: quietHours?.zone ?? null,
      quiet_days: quietHours?.days.join(',') ?? null,
      quiet_from: quietHours?.from ?? null,
      quiet_to: quietHours?.to ?? null,
      keywords: keywords.join('\n'),
      sound: sound ? 1 : 0,
    });
  };
}

type SettingsRow = Pick<Schema['notification_settings'], (typeof SETTINGS)[number]>;

function toSettings({
  quiet_zone,
  quiet_days,
  quiet_from,
  quiet_to,
  keywords,
  sound,
}: SettingsRow): NotificationSettings {
  const isSet = quiet_zone !== null && quiet_days !== null && quiet_from !== null && quiet_to !== null;
  const stored = quiet_days?.split(',') ?? [];
  const days = WEEKDAYS.filter((day) => stored.includes(day));
  return {
    quietHours: isSet ? { zone: quiet_zone, days, from: quiet_from, to: quiet_to } : null,
    // Only keywords that their constructor made are stored.
    keywords: keywords.split('\n').filter((line) => line !== '') as Keyword[],
    sound: sound === 1,
  };
}
