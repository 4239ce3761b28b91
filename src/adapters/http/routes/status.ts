import { Hono } from 'hono';
import type { UseCases } from '../../../application/use-cases.ts';
import type { Env } from '../env.ts';

export function statusRoutes({ useCases }: { useCases: Pick<UseCases, 'viewStatus'> }): Hono<Env> {
  const routes = new Hono<Env>();

  routes.get('/status', async (c) => {
    const { connectedClients } = await useCases.viewStatus();
    return c.json({ connected_clients: connectedClients });
  });

  return routes;
}
