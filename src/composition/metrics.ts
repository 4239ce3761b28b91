import { readFileSync } from 'node:fs';
import type { MetricsListener } from '../adapters/prometheus/listener.ts';
import type { Metrics } from '../adapters/prometheus/metrics.ts';
import { ConfigError } from './config-error.ts';
import type { ListenAddress } from './listen-address.ts';

export interface OpenMetrics extends Metrics {
  /** @throws ConfigError when nothing can listen there */
  listen(): Promise<MetricsListener>;
}

/** Undefined without an address: then nothing is measured, and the metrics library is not loaded. */
export async function openMetrics(address: ListenAddress | undefined): Promise<OpenMetrics | undefined> {
  if (!address) return undefined;
  const { makeMetrics } = await import('../adapters/prometheus/metrics.ts');
  const { listenForMetrics } = await import('../adapters/prometheus/listener.ts');
  const metrics = makeMetrics({ version: readVersion() });
  return {
    ...metrics,
    listen: () =>
      listenForMetrics(metrics, address).catch((error: unknown) => {
        const { host, port } = address;
        const code = error instanceof Error && 'code' in error ? error.code : error;
        throw new ConfigError(`METRICS_ADDRESS is "${host}:${port}", where nothing can listen: ${code}.`);
      }),
  };
}

export function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  const isNamed = typeof manifest === 'object' && manifest !== null && 'version' in manifest;
  return isNamed ? String(manifest.version) : 'unknown';
}
