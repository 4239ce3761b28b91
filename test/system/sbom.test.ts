import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));
const bill = z.object({
  bomFormat: z.literal('CycloneDX'),
  components: z.array(z.object({ name: z.string(), version: z.string(), purl: z.string() })),
});

it('SC-2: `npm run sbom` lists what production is made of, and nothing else', () => {
  const file = `${root}sbom.cdx.json`;
  onTestFinished(() => rmSync(file, { force: true }));
  execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, stdio: 'ignore' });
  const { components } = bill.parse(JSON.parse(readFileSync(file, 'utf8')));
  const names = components.map(({ name }) => name);
  const manifest = z
    .object({ dependencies: z.record(z.string(), z.string()), devDependencies: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(`${root}package.json`, 'utf8')));
  expect(names).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
  for (const name of Object.keys(manifest.devDependencies)) expect(names).not.toContain(name);
});
