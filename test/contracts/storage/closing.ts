import { expect, it } from 'vitest';
import { insertMessage } from '../../builders.ts';
import { type OpenStorage, openedWithChat } from './opened.ts';

export function closingContract(open: OpenStorage): void {
  it('waits for the units that have begun', async () => {
    const { unitOfWork, ada, chat, close } = await openedWithChat(open);
    const ended: string[] = [];
    const units = [1, 2, 3].map((number) =>
      unitOfWork.run((store) => insertMessage(store, chat, ada)).then(() => ended.push(`unit ${number}`)),
    );
    await close();
    ended.push('closed');
    await Promise.all(units);
    expect(ended).toEqual(['unit 1', 'unit 2', 'unit 3', 'closed']);
  });

  it('refuses later units as unavailable', async () => {
    const { unitOfWork, close } = await openedWithChat(open);
    const closed = close();
    await expect(unitOfWork.run(async () => 'late')).rejects.toMatchObject({ code: 'unavailable' });
    await closed;
    await expect(unitOfWork.run(async () => 'later')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('may be asked for twice', async () => {
    const { close } = await openedWithChat(open);
    await close();
    await expect(close()).resolves.toBeUndefined();
  });
}
