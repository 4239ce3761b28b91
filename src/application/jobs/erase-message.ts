import type { Storage } from '../ports/storage.ts';
import type { JobHandler } from './job-handlers.ts';

/** Erases the earlier texts, mentions and reactions of a message that is still deleted. A message that was restored stays as it is. */
export function makeEraseMessage({
  unitOfWork,
  scrub,
}: Pick<Storage, 'unitOfWork' | 'scrub'>): JobHandler<'erase_message'> {
  return async ({ chatId, position, deletedAt }) => {
    const place = { chatId, position };
    const isErased = await unitOfWork.run(async ({ messages, reactions }) => {
      const message = await messages.findBare(place);
      if (message?.kind !== 'deleted' || message.deletedAt !== deletedAt) return false;
      await messages.removeVersions(place);
      await messages.setMentions(place, []);
      await reactions.removeAll(place);
      return true;
    });
    // Also when an earlier attempt removed the versions: it may have failed here.
    if (isErased) await scrub();
  };
}
