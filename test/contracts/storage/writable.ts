import { expect, it } from 'vitest';
import { insertMessage } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export function writableContract(open: OpenStorage): void {
  it('is writable while it is open, however often one asks, and with units under way', async () => {
    const { unitOfWork, ada, chat, assertWritable } = await openedWithChat(open);
    await assertWritable();
    const unit = unitOfWork.run((store) => insertMessage(store, chat, ada));
    await Promise.all([assertWritable(), assertWritable(), unit]);
    await assertWritable();
  });

  it('asking changes nothing', async () => {
    const { view, chat, assertWritable } = await openedWithChat(open);
    const before = await view.chats.find(chat.id);
    await assertWritable();
    expect(await view.chats.find(chat.id)).toEqual(before);
  });

  it('a unit that fails by its own mistake does not make it unwritable', async () => {
    const { unitOfWork, assertWritable } = await openedWithChat(open);
    const failing = unitOfWork.run(async () => {
      throw new Error('only mine');
    });
    await expect(failing).rejects.toThrow('only mine');
    await expect(assertWritable()).resolves.toBeUndefined();
  });

  it('is not writable when it was closed', async () => {
    const { assertWritable, close } = await openedWithChat(open);
    await close();
    await expect(assertWritable()).rejects.toMatchObject({ code: 'unavailable' });
  });
}
