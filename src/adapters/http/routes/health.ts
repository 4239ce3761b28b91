import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Env } from '../env.ts';

export interface HealthDeps {
  readonly useCases: Pick<UseCases, 'assertReady'>;
  /** Whether the server has been told to stop: then it finishes what it has and should get no more. */
  readonly isStopping: () => boolean;
}

/** For whoever keeps the process running, or sends requests its way: nothing here needs a session or the public host. */
export function healthRoutes({ useCases, isStopping }: HealthDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/healthz', (c) => c.json({ status: 'alive' }));

  routes.get('/readyz', async (c) => {
    if (isStopping()) throw new DomainError('unavailable', 'The server is about to stop.');
    try {
      await useCases.assertReady();
    } catch (cause) {
      // A damaged file too is no reason to send requests here.
      const refusal = new DomainError('unavailable', 'Nothing can be stored at the moment.');
      refusal.cause = cause;
      throw refusal;
    }
    return c.json({ status: 'ready' });
  });

  return routes;
}
