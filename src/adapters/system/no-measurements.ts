import type { Measurements } from '../../application/ports/measurements.ts';

/** For a server without metrics. */
export const noMeasurements: Measurements = {
  posted: () => undefined,
  delivered: () => undefined,
  followed: () => undefined,
  unfollowed: () => undefined,
  signIn: () => undefined,
  refused: () => undefined,
  limited: () => undefined,
  closedSocket: () => undefined,
  endedJob: () => undefined,
  committed: () => undefined,
};
