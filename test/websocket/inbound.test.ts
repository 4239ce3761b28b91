import { expect, it } from 'vitest';
import { type FrameHandler, Inbound } from '../../src/adapters/websocket/inbound.ts';
import { anActor, aUser } from '../builders.ts';

it('GS-1: what was held back, because answers are not read, is not waited for at the end', async () => {
  const begun: string[] = [];
  const handler: FrameHandler = {
    begin(frame) {
      begun.push(frame);
      return Promise.resolve(() => undefined);
    },
    pause: () => undefined,
    resume: () => undefined,
    watch: () => undefined,
    giveUp: () => undefined,
  };
  const actor = anActor(aUser());
  const inbound = new Inbound({ handler, turns: { enter: () => 'begin', leave: () => undefined }, actor });
  await inbound.start();
  await inbound.push('first');
  inbound.hold();
  await inbound.push('held back');
  await inbound.finish();
  await inbound.release();
  expect(begun).toEqual(['first']);
});
