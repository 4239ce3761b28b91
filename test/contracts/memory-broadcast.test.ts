import { describe, expect, it } from 'vitest';
import { makeMemoryBroadcast } from '../../src/adapters/memory/broadcast.ts';
import { Topics } from '../../src/adapters/memory/topics.ts';
import type { ChatEvent } from '../../src/domain/events.ts';
import { chatId, userId } from '../../src/domain/ids.ts';

const LEFT: ChatEvent = { type: 'member_left', chatId: chatId(1), userId: userId(1) };

describe('the broadcast in memory', () => {
  it('has delivered the event itself to everyone when publishing returns', () => {
    const broadcast = makeMemoryBroadcast();
    const heard: ChatEvent[] = [];
    broadcast.subscribeToChat(chatId(1), (event) => heard.push(event));
    broadcast.subscribeToChat(chatId(1), (event) => heard.push(event));
    broadcast.publishToChat(chatId(1), LEFT);
    expect(heard).toEqual([LEFT, LEFT]);
    expect(heard[0]).toBe(LEFT);
  });
});

describe('topics', () => {
  it('let a listener leave while it is called, and the others still hear', () => {
    const topics = new Topics<number, string>();
    const heard: string[] = [];
    const leave = topics.subscribe(1, (event) => {
      heard.push(`first: ${event}`);
      leave();
    });
    topics.subscribe(1, (event) => heard.push(`second: ${event}`));
    topics.publish(1, 'a');
    topics.publish(1, 'b');
    expect(heard).toEqual(['first: a', 'second: a', 'second: b']);
  });

  it('deliver nothing to who was unsubscribed by another listener of the same event', () => {
    const topics = new Topics<number, string>();
    const heard: string[] = [];
    topics.subscribe(1, () => leave());
    const leave = topics.subscribe(1, (event) => heard.push(event));
    topics.publish(1, 'a');
    expect(heard).toEqual([]);
  });

  it('deliver to who subscribed during an event only the next one', () => {
    const topics = new Topics<number, string>();
    const heard: string[] = [];
    topics.subscribe(1, (first) => {
      if (first === 'a') topics.subscribe(1, (event) => heard.push(event));
    });
    topics.publish(1, 'a');
    topics.publish(1, 'b');
    expect(heard).toEqual(['b']);
  });

  it('take no memory once nobody listens', () => {
    const topics = new Topics<number, string>();
    const leaves = [1, 1, 2, 3].map((id) => topics.subscribe(id, () => undefined));
    expect(topics.size).toBe(3);
    for (const leave of leaves) leave();
    expect(topics.size).toBe(0);
    topics.publish(4, 'to nobody');
    expect(topics.size).toBe(0);
  });

  it('keep a later subscription when an earlier one is ended twice', () => {
    const topics = new Topics<number, string>();
    const heard: string[] = [];
    const leave = topics.subscribe(1, () => undefined);
    leave();
    topics.subscribe(1, (event) => heard.push(event));
    leave();
    topics.publish(1, 'a');
    expect(heard).toEqual(['a']);
  });
});
