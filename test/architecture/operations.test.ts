import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readSources } from './sources.ts';

const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const code = readSources('src')
  .map(({ text }) => text)
  .join('\n');
const found = (pattern: RegExp) => [...new Set([...code.matchAll(pattern)].map(([, name]) => name ?? ''))];

describe('the manual of operations', () => {
  const events = found(/event: '([a-z_]+)'/g);
  const metrics = found(/name: '(shoal_[a-z_]+)'/g).concat(
    found(/ counter\(\s*'([a-z_]+)'/g).map((name) => `shoal_${name}_total`),
    found(/gauge\('(shoal_[a-z_]+)'/g),
  );

  it('is read together with what it describes', () => {
    expect([events.length > 20, metrics.length > 8]).toEqual([true, true]);
  });

  it.each(events)('has the event %s', (event) => {
    expect(manual).toContain(`\`${event}\``);
  });

  it.each(metrics)('has the metric %s', (metric) => {
    expect(manual).toMatch(new RegExp(`\`${metric}[{\`]`));
  });
});
