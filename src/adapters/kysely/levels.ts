import type { ReadPointers } from '../../application/ports/reading.ts';
import type { ChatId, UserId } from '../../domain/ids.ts';
import type { Level } from '../../domain/reading/level.ts';
import { type Params, prepare } from './prepare.ts';
import type { SqlDatabase } from './sql-database.ts';

interface Key {
  readonly chatId: ChatId;
  readonly userId: UserId;
}

export function makeLevels(db: SqlDatabase): Pick<ReadPointers, 'setLevel' | 'setMutedUntil' | 'setPinned'> {
  const upsertLevel = prepare(db, (param: Params<Key & { readonly level: Level }>) =>
    db
      .insertInto('levels')
      .values({ chat_id: param('chatId'), user_id: param('userId'), level: param('level'), muted_until: null })
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'user_id']).doUpdateSet((column) => ({ level: column.ref('excluded.level') })),
      ),
  );
  const upsertMute = prepare(db, (param: Params<Key & { readonly mutedUntil: number | null }>) =>
    db
      .insertInto('levels')
      .values({ chat_id: param('chatId'), user_id: param('userId'), level: null, muted_until: param('mutedUntil') })
      .onConflict((conflict) =>
        conflict
          .columns(['chat_id', 'user_id'])
          .doUpdateSet((column) => ({ muted_until: column.ref('excluded.muted_until') })),
      ),
  );
  const upsertPinned = prepare(db, (param: Params<Key & { readonly pinned: number }>) =>
    db
      .insertInto('levels')
      .values({ chat_id: param('chatId'), user_id: param('userId'), pinned: param('pinned') })
      .onConflict((conflict) =>
        conflict.columns(['chat_id', 'user_id']).doUpdateSet((column) => ({ pinned: column.ref('excluded.pinned') })),
      ),
  );
  return {
    async setLevel(chatId, userId, level) {
      await upsertLevel({ chatId, userId, level });
    },
    async setMutedUntil(chatId, userId, mutedUntil) {
      await upsertMute({ chatId, userId, mutedUntil });
    },
    async setPinned(chatId, userId, pinned) {
      await upsertPinned({ chatId, userId, pinned: pinned ? 1 : 0 });
    },
  };
}
