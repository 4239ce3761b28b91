import type { Measurements } from '../../application/ports/measurements.ts';
import type { RateLimits } from '../../application/ports/rate-limits.ts';

/** The same limits, which count how often they were reached. */
export function measured(limits: RateLimits, measurements: Pick<Measurements, 'limited'>): RateLimits {
  return {
    ...limits,
    async take(limit, key) {
      const wait = await limits.take(limit, key);
      if (wait > 0) measurements.limited(limit);
      return wait;
    },
    async wait(limit, key) {
      const wait = await limits.wait(limit, key);
      if (wait > 0) measurements.limited(limit);
      return wait;
    },
  };
}
