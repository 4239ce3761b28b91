import { expect, it } from 'vitest';
import { type FrameHandler, Inbound } from '../../src/adapters/websocket/inbound.ts';
import { anActor, aUser } from '../builders.ts';

it('GS-1: what was held back, because answers are not read, is not waited for at the end', async () => {
  const begun: string[] = [];
  const handler: FrameHandler<string> = {
    begin(frame) {
      begun.push(frame);
      return Promise.resolve(() => undefined);
    },
    turnsFor: () => ({ enter: () => 'begin', leave: () => undefined }),
    pause: () => undefined,
    resume: () => undefined,
    watch: () => undefined,
    giveUp: () => undefined,
  };
  const inbound = new Inbound(handler, anActor(aUser()));
  await inbound.start();
  await inbound.push('first');
  inbound.hold();
  await inbound.push('held back');
  await inbound.finish();
  await inbound.release();
  expect(begun).toEqual(['first']);
});
