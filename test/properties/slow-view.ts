import type { StoreView } from '../../src/application/ports/store.ts';

/** A view whose reads take turns of the event loop, before and after they look, as over a network: others come between. */
export function slowView(view: StoreView, turns: readonly number[]): StoreView {
  let reads = 0;
  async function slowly<T>(read: () => Promise<T>): Promise<T> {
    await pass(turns[reads++ % turns.length] ?? 0);
    const result = await read();
    await pass(turns[reads++ % turns.length] ?? 0);
    return result;
  }
  return {
    ...view,
    chats: { ...view.chats, find: (id) => slowly(() => view.chats.find(id)) },
    messages: {
      ...view.messages,
      changedAfter: (chatId, revision, limit) => slowly(() => view.messages.changedAfter(chatId, revision, limit)),
    },
  };
}

/** Lets everything that is ready run, so many times. */
export async function pass(turns: number): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
}
