import { describe, expect, it } from 'vitest';
import { revision } from '../../src/domain/chats/chat.ts';
import { chatId } from '../../src/domain/ids.ts';
import { JOB_KINDS, type Job, readJob } from '../../src/domain/jobs/job.ts';
import { MAX_ATTEMPTS, retryDelay } from '../../src/domain/jobs/retry.ts';
import { pushDeviceId } from '../../src/domain/push/device.ts';

describe('a job', () => {
  const job: Job = { kind: 'erase_message', chatId: chatId(3), position: revision(7), deletedAt: 1_000 };

  it('is read as it was written, with what a newer release may have added to it', () => {
    const { kind, ...data } = job;
    expect(readJob(kind, JSON.parse(JSON.stringify({ ...data, reason: 'asked' })))).toEqual(job);
  });

  it.each([
    { kind: 'announce_message', chatId: chatId(3), position: revision(7) },
    { kind: 'push_message', chatId: chatId(3), position: revision(7), deviceId: pushDeviceId(2) },
    { kind: 'withdraw_message', chatId: chatId(3), position: revision(7), deviceId: pushDeviceId(2) },
    { kind: 'scrub' },
  ] as const)('of kind $kind is read as it was written', (job) => {
    const { kind, ...data } = job;
    expect(readJob(kind, JSON.parse(JSON.stringify(data)))).toEqual(job);
    expect(JOB_KINDS).toContain(kind);
    if (kind !== 'scrub') expect(readJob(kind, { ...data, position: '7' })).toBeUndefined();
  });

  it.each([null, 'text', 7, [], {}, { ...job, chatId: '3' }, { ...job, position: 1.5 }, { ...job, deletedAt: null }])(
    'is not made of %j',
    (data) => {
      expect(readJob('erase_message', data)).toBeUndefined();
    },
  );
});

describe('the wait after a failed attempt', () => {
  const longest = (attempts: number) => retryDelay(attempts, 0.999_999_999);

  it('is anything from nothing up to a bound', () => {
    expect([0, 0.25, 0.5].map((random) => retryDelay(1, random))).toEqual([0, 2_500, 5_000]);
  });

  it('has a bound that doubles with each attempt up to an hour', () => {
    expect([1, 2, 3, 8].map((attempts) => Math.ceil(longest(attempts) / 1_000))).toEqual([10, 20, 40, 1_280]);
    expect([10, MAX_ATTEMPTS, 2_000].map(longest)).toEqual([3_599_999, 3_599_999, 3_599_999]);
  });
});
