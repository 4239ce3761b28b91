import { describe, expect, it } from 'vitest';
import type { Measurements } from '../../src/application/ports/measurements.ts';
import { JOB_KINDS } from '../../src/domain/jobs/job.ts';

/** One call of each method with each kind of argument. A new method has to be added here to compile. */
const CALLS: { readonly [Method in keyof Measurements]: readonly Parameters<Measurements[Method]>[] } = {
  posted: [[]],
  delivered: [
    [1, 200],
    [0, 0],
  ],
  followed: [[]],
  unfollowed: [[]],
  signIn: [['signed_in'], ['registered'], ['wrong_credentials']],
  refused: [
    ['forbidden', 'http'],
    ['internal', 'websocket'],
  ],
  limited: [['sign_in_failures'], ['writes']],
  closedSocket: [[1000], [4401]],
  endedJob: JOB_KINDS.flatMap((kind) =>
    (['done', 'failed', 'dead'] as const).map((outcome) => [kind, outcome] as const),
  ),
  committed: [
    [1, 0.001],
    [1_000, 5],
    [0, 0],
  ],
};

/** All measurements run this. */
export function measurementsContract(name: string, makeMeasurements: () => Measurements): void {
  describe(`the measurements of ${name}`, () => {
    it.each(Object.keys(CALLS) as (keyof Measurements)[])('take %s without throwing or waiting', (method) => {
      const measurements = makeMeasurements();
      for (const args of CALLS[method]) {
        for (let times = 0; times < 3; times += 1) {
          expect(Reflect.apply(measurements[method], measurements, args)).not.toBeInstanceOf(Promise);
        }
      }
    });

    it('may be taken apart: no method needs the others', () => {
      const { posted, signIn } = makeMeasurements();
      posted();
      signIn('registered');
    });
  });
}
