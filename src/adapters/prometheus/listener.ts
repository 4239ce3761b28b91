import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics.ts';

export interface MetricsListener {
  /** The address of the metrics, such as `http://127.0.0.1:9464/metrics`. */
  readonly url: string;
  close(): Promise<void>;
}

const PATIENCE_MS = 10_000;
const MAX_CONNECTIONS = 16;

/** Serves the metrics on a port of their own, which the operator can keep from the public without rules in a proxy. */
export async function listenForMetrics(
  metrics: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsListener> {
  const server = createServer(
    { headersTimeout: PATIENCE_MS, requestTimeout: PATIENCE_MS, keepAliveTimeout: PATIENCE_MS },
    (request, response) => {
      answer(metrics, request, response).catch((error: unknown) =>
        response.destroy(error instanceof Error ? error : undefined),
      );
    },
  );
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const { address, family, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}/metrics`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(metrics: Metrics, { method, url }: IncomingMessage, response: ServerResponse): Promise<void> {
  const status = url?.split('?')[0] !== '/metrics' ? 404 : method === 'GET' || method === 'HEAD' ? 200 : 405;
  if (status !== 200) {
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end();
    return;
  }
  const { text, type } = await metrics.read();
  response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(method === 'HEAD' ? '' : text);
}
