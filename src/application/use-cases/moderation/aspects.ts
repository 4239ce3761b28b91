import type { ChatId } from '../../../domain/ids.ts';
import { restored } from '../../../domain/messages/changes.ts';
import { cannotBeUndone } from '../../../domain/moderation/act.ts';
import { termsOf } from '../../../domain/moderation/ban.ts';
import type { Aspect, Change } from '../../../domain/moderation/changes.ts';
import { undoneDeletion } from '../../../domain/past/past-fact.ts';
import type { Store } from '../../ports/store.ts';
import { findChat } from '../chats/find-chat.ts';
import { beginRetention } from './begin-retention.ts';

type Of<One extends Aspect> = Extract<Change, { aspect: One }>;

interface Access<One extends Aspect> {
  /** The value as the store has it now. */
  read(store: Store, chatId: ChatId, change: Of<One>): Promise<Of<One>['before']>;
  /** Puts the value after the change into the store. */
  write(store: Store, chatId: ChatId, change: Of<One>): Promise<void>;
}

const ACCESS: { readonly [One in Aspect]: Access<One> } = {
  membership: {
    async read({ members }, chatId, { userId }) {
      const found = await members.find(chatId, userId);
      return found ? { role: found.role, joinedAt: found.joinedAt } : null;
    },
    async write({ members, reading }, chatId, { userId, before, after }) {
      if (!after) await members.remove(chatId, userId);
      else if (before) await members.setRole(chatId, userId, after.role);
      else {
        const { state, ...membership } = after;
        await members.add({ chatId, userId, ...membership });
        if (!state) return;
        await reading.set(chatId, userId, { position: state.readTo, version: state.readVersion });
        await reading.setLevel(chatId, userId, state.level);
        await reading.setMutedUntil(chatId, userId, state.mutedUntil);
        await reading.setPinned(chatId, userId, state.pinned);
      }
    },
  },
  ban: {
    async read({ bans }, chatId, { userId }) {
      const found = await bans.find(chatId, userId);
      return found ? termsOf(found) : null;
    },
    async write({ bans }, chatId, { userId, after }) {
      if (after) await bans.put({ chatId, userId, ...after });
      else await bans.remove(chatId, userId);
    },
  },
  bar: {
    read: async ({ invites }, chatId, { userId }) => (await invites.barredAt(chatId, userId)) ?? null,
    async write({ invites }, chatId, { userId, after }) {
      if (after === null) await invites.unbar(chatId, userId);
      else await invites.bar(chatId, userId, after);
    },
  },
  invite: {
    read: async ({ invites }, _chatId, { inviteId }) => (await invites.find(inviteId)) ?? null,
    async write({ invites }, _chatId, { inviteId, after }) {
      if (after) await invites.add(after);
      else await invites.remove(inviteId);
    },
  },
  message: { read: deletionOf, write: (store, chatId, change) => restore(store, chatId, [change]) },
  name: {
    read: async (store, chatId) => (await findChat(store, chatId)).name,
    async write({ chats }, chatId, { after }) {
      await chats.rename(chatId, after);
    },
  },
  slow_mode: {
    read: async (store, chatId) => (await findChat(store, chatId)).slowSeconds ?? 0,
    async write({ chats }, chatId, { after }) {
      await chats.setSlowMode(chatId, after);
    },
  },
  archive: {
    read: async (store, chatId) => (await findChat(store, chatId)).archivedAt ?? null,
    async write({ chats }, chatId, { after }) {
      await chats.setArchived(chatId, after);
    },
  },
  retention: {
    read: async (store, chatId) => (await findChat(store, chatId)).retention?.days ?? 0,
    write: (store, chatId, { after }) => beginRetention(store, chatId, after),
  },
  report: {
    async read({ reports }, chatId, { position, userId }) {
      const all = await reports.ofMessage({ chatId, position });
      return all.find((report) => report.userId === userId)?.dismissedAt ?? null;
    },
    async write({ reports }, chatId, { position, userId, after }) {
      await reports.setDismissed({ chatId, position }, userId, after);
    },
  },
};

async function deletionOf({ messages }: Store, chatId: ChatId, { position }: Of<'message'>) {
  const found = await messages.findBare({ chatId, position });
  return found?.kind === 'deleted' ? { by: found.deletedBy, at: found.deletedAt } : null;
}

/** @throws DomainError `conflict` when the words of one of them are erased */
async function restore(
  { messages, chats, past }: Store,
  chatId: ChatId,
  changes: readonly Of<'message'>[],
): Promise<void> {
  const places = changes.map(({ position }) => ({ chatId, position }));
  const deleted = await Promise.all(places.map((place) => messages.findBare(place)));
  const versions = await Promise.all(places.map((place) => messages.earlierVersions(place, { limit: 1 })));
  const revisions = await Promise.all(places.map(() => chats.nextRevision(chatId)));
  const writes = places.flatMap((place, index) => {
    const [message, latest, revision] = [deleted[index], versions[index]?.[0], revisions[index]];
    if (message?.kind !== 'deleted' || !latest || revision === undefined) throw cannotBeUndone();
    return [{ place, latest, message: restored(message, latest, revision), fact: undoneDeletion(message, revision) }];
  });
  await Promise.all(
    writes.flatMap(({ place, latest, message, fact }) => [
      messages.removeVersion(place, latest.revision),
      messages.change(message),
      past.add(place, fact),
    ]),
  );
}

/** Carries out the changes; those of messages together. */
export async function writeAspects(store: Store, chatId: ChatId, changes: readonly Change[]): Promise<void> {
  const ofMessages = changes.filter((change) => change.aspect === 'message');
  for (const change of changes) if (change.aspect !== 'message') await writeAspect(store, chatId, change);
  if (ofMessages.length > 0) await restore(store, chatId, ofMessages);
}

export function readAspect<One extends Aspect>(
  store: Store,
  chatId: ChatId,
  change: Of<One> & { readonly aspect: One },
) {
  return ACCESS[change.aspect].read(store, chatId, change);
}

function writeAspect<One extends Aspect>(store: Store, chatId: ChatId, change: Of<One> & { readonly aspect: One }) {
  return ACCESS[change.aspect].write(store, chatId, change);
}
