import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import { DomainError } from '../../../domain/errors.ts';
import type { Env } from '../env.ts';

export interface HealthDeps {
  readonly useCases: Pick<UseCases, 'assertReady'>;
  /** Whether the server has been told to stop. Then it finishes its requests and should get no new ones. */
  readonly isStopping: () => boolean;
}

/** For process supervisors and load balancers. Nothing here needs a session or the public host. */
export function healthRoutes({ useCases, isStopping }: HealthDeps): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/healthz', (c) => c.json({ status: 'alive' }));

  routes.get('/readyz', async (c) => {
    if (isStopping()) throw new DomainError('unavailable', 'The server is stopping.');
    try {
      await useCases.assertReady();
    } catch (cause) {
      // Any other error, such as a damaged file, is a reason as well.
      const refusal = new DomainError('unavailable', 'Nothing can be stored at the moment.');
      refusal.cause = cause;
      throw refusal;
    }
    return c.json({ status: 'ready' });
  });

  return routes;
}
