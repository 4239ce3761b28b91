import { describe, expect, it, vi } from 'vitest';
import { refusal } from '../refusal.ts';
import { aWorld } from '../world.ts';

describe('export-chat', () => {
  it('has what its members see, and nothing for outsiders', async () => {
    const { useCases, ada, bob, eve, lobby, say } = await aWorld();
    await say('one', 'two');
    const exported = await useCases.exportChat(ada, lobby.id);
    const texts = async () => {
      const found: string[] = [];
      for await (const { message } of exported.messages()) if (message.kind === 'text') found.push(message.text);
      return found;
    };
    expect(await texts()).toEqual(['one', 'two']);
    // What is said after it began is not in it.
    await say('three');
    expect(await texts()).toEqual(['one', 'two']);
    const members: string[] = [];
    for await (const { user } of exported.members()) members.push(user.username);
    expect(members).toEqual(['ada', 'bob']);
    await exported.close();
    expect((await useCases.exportChat(bob, lobby.id)).hasActs).toBe(false);
    expect(await refusal(useCases.exportChat(eve, lobby.id))).toBe('forbidden');
  });

  it('ends for somebody who is no member any more', async () => {
    const { useCases, ada, bob, lobby, say, timer } = await aWorld();
    await say(...Array.from({ length: 150 }, (_, n) => `message ${n}`));
    const exported = await useCases.exportChat(bob, lobby.id);
    const read = async () => {
      let count = 0;
      for await (const { message } of exported.messages()) {
        if (message.kind === 'text') count += 1;
        if (count === 1) await useCases.removeMember(ada, { chatId: lobby.id, userId: bob.user.id });
      }
      return count;
    };
    let answer: unknown;
    void refusal(read()).then((code) => {
      answer = code;
    });
    // Between two reads others have their turn.
    await vi.waitFor(() => {
      timer.advance(1);
      expect(answer).toBe('forbidden');
    });
  });
});
