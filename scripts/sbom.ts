import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';

/**
 * Writes the bill of materials of production (CycloneDX). npm makes the list, and the lock file decides what is left out of it:
 * `npm sbom --omit=dev` would also leave out production packages that a development package needs as well.
 */
const FILE = 'sbom.cdx.json';

const bill = z.looseObject({
  components: z.array(z.looseObject({ 'bom-ref': z.string() })),
  dependencies: z.array(z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()) })),
});
const lock = z.object({
  packages: z.record(z.string(), z.looseObject({ dev: z.optional(z.boolean()), version: z.string() })),
});

const { stdout } = spawnSync(
  'npm',
  ['sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'],
  { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
);
const all = bill.parse(JSON.parse(stdout));
const { packages } = lock.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));
const ofProduction = new Set(
  Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version }]) => `${path.replace(/^.*node_modules\//, '')}@${version}`),
);
const gone = new Set(all.components.map((each) => each['bom-ref']).filter((ref) => !ofProduction.has(ref)));
const components = all.components.filter((each) => !gone.has(each['bom-ref']));
const dependencies = all.dependencies
  .filter(({ ref }) => !gone.has(ref))
  .map((each) => ({ ...each, dependsOn: each.dependsOn.filter((ref) => !gone.has(ref)) }));
writeFileSync(FILE, `${JSON.stringify({ ...all, components, dependencies }, undefined, 2)}\n`);
process.stdout.write(`${FILE} lists ${components.length} packages.\n`);
