import { privateStorage } from '../storage/private-storage.ts';
import { type PendingPost, type PendingStorage, parsePending } from './pending.ts';

/** One entry a post, so that tabs that write at the same time do not overwrite each other's posts. */
export function pendingInBrowser(of: {
  readonly userId: number;
  readonly chatId: number;
  /** Aborted when the tab no longer shows the chat. */
  readonly signal: AbortSignal;
}): PendingStorage {
  const beginning = `outbox:${of.userId}:${of.chatId}:`;
  const isPost = (post: PendingPost | undefined): post is PendingPost => post !== undefined;
  return {
    load: () =>
      privateStorage
        .names(beginning)
        .map((name) => parsePending(privateStorage.read(name)))
        .filter(isPost),
    put: (post) => privateStorage.write(beginning + post.clientId, JSON.stringify(post)),
    remove: (clientId) => privateStorage.remove(beginning + clientId),
    onChange: (changed) =>
      privateStorage.onChange((name, value) => {
        if (name.startsWith(beginning)) changed(name.slice(beginning.length), parsePending(value));
      }, of.signal),
  };
}
