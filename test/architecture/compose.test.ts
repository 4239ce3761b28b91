import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const compose = readFileSync('compose.yaml', 'utf8');
const services = new Map(
  [...compose.matchAll(/^ {2}(caddy|postgres|redis):\n((?: {4}.*\n|\n)+)/gm)].map(([, name = '', body = '']) => [
    name,
    body,
  ]),
);
const shoal = compose.match(/^x-shoal: &shoal\n((?: {2}.*\n|\n)+)/m)?.[1] ?? '';

describe('compose.yaml', () => {
  it.each([...services, ['shoal', shoal]])('limits what %s may take and do', (_, body) => {
    expect(body).toMatch(/^ +cap_drop: \[ALL\]$/m);
    expect(body).toMatch(/^ +mem_limit: \d+[mg]$/m);
    expect(body).toMatch(/^ +pids_limit: \d+$/m);
    expect(body).toMatch(/^ +security_opt: \['no-new-privileges:true'\]$/m);
  });

  it('names a version of each image', () => {
    const images = [...compose.matchAll(/^ +image: (\S+)$/gm)].map(([, image]) => image);
    expect(images).toHaveLength(services.size);
    for (const image of images) expect(image).toMatch(/^[a-z]+:\d+\.\d+(\.\d+)?$/);
  });

  it('has no password of its own, and asks for one at Redis', () => {
    expect(services.get('redis')).toContain("--requirepass, '${REDIS_PASSWORD:?");
    expect(compose).toContain('redis://:${REDIS_PASSWORD:?');
    expect(services.get('postgres')).toContain('POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:?');
  });
});
