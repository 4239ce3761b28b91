import { expect, onTestFinished } from 'vitest';
import type { Storage } from '../../../src/application/ports/storage.ts';
import type { Chat } from '../../../src/domain/chats/chat.ts';
import { DomainError } from '../../../src/domain/errors.ts';
import type { User } from '../../../src/domain/identity/user.ts';
import { insertChat, insertUser } from '../../builders.ts';

export type OpenStorage = () => Promise<Storage>;

/** An empty storage for the running test, closed when the test ends. */
export async function opened(open: OpenStorage): Promise<Storage> {
  const storage = await open();
  onTestFinished(() => storage.close());
  return storage;
}

/** A storage with Ada, Bob, and a chat of both. */
export async function openedWithChat(open: OpenStorage): Promise<Storage & { ada: User; bob: User; chat: Chat }> {
  const storage = await opened(open);
  const people = await storage.unitOfWork.run(async (store) => {
    const ada = await insertUser(store, 'ada');
    const bob = await insertUser(store, 'bob');
    return { ada, bob, chat: await insertChat(store, 'Lobby', ada, bob) };
  });
  return { ...storage, ...people };
}

/** A broken constraint of the store is a bug: an error, but not a refusal for the caller. */
export async function expectMistake(unit: Promise<unknown>): Promise<void> {
  const error = await unit.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  expect(error).not.toBeInstanceOf(DomainError);
}
