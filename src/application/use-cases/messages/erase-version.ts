import { type Revision, revision as toRevision } from '../../../domain/chats/chat.ts';
import { assertAllowed, mayWithdraw } from '../../../domain/chats/permissions.ts';
import { assertEarlier, assertText } from '../../../domain/messages/changes.ts';
import { textRevision } from '../../../domain/messages/message.ts';
import { assertMayEraseVersions } from '../../../domain/messages/permissions.ts';
import { searchable } from '../../../domain/search/searched-message.ts';
import type { Actor } from '../../actor.ts';
import type { MessagePlace } from '../../ports/messages.ts';
import type { UnitOfWork } from '../../ports/unit-of-work.ts';
import { findMessage } from './find-message.ts';

export interface VersionPlace extends MessagePlace {
  /** The revision at which the version was written. */
  readonly revision: Revision;
}

/**
 * Erases an earlier text of a message; resolves once that is durable. To erase a version that does not exist changes nothing.
 * @throws DomainError `forbidden` for anyone but the author, `not_found`, `deleted`, `bad_request` for the current text, `unavailable`
 */
export type EraseVersion = (actor: Actor, version: VersionPlace) => Promise<void>;

export function makeEraseVersion({ unitOfWork }: { readonly unitOfWork: UnitOfWork }): EraseVersion {
  return ({ user }, { revision, ...place }) =>
    unitOfWork.run(async ({ members, messages, past, search, jobs }) => {
      const membership = await members.find(place.chatId, user.id);
      assertAllowed(membership, mayWithdraw);
      const message = await findMessage({ messages }, place);
      assertText(message);
      assertMayEraseVersions(membership, message);
      assertEarlier(message, revision);
      const [version] = await messages.earlierVersions(place, { before: toRevision(revision + 1), limit: 1 });
      if (version?.revision === revision) {
        await messages.removeVersion(place, revision);
        await past.add(place, { kind: 'erased_text', from: revision, until: textRevision(message) });
      }
      // It may still have been indexed by the version that is erased.
      await search.set(message, searchable(message));
      // The storage's files still have the words.
      await jobs.add({ kind: 'scrub' }, { delayMs: 0 });
    });
}
