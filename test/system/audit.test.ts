import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AuditInput, productionOf, productionPackages, verdictOf } from '../../scripts/audit/verdict.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const LOCK = readFileSync(`${root}package-lock.json`, 'utf8');
const SNAPSHOT = readFileSync(`${root}scripts/audit/snapshot.json`, 'utf8');
const TAKEN: string = JSON.parse(SNAPSHOT).date;
const daysAfter = (days: number) => new Date(Date.parse(TAKEN) + days * 86_400_000);
const ADVISORY = {
  id: 1,
  url: 'https://example.org/1',
  title: 'A hole',
  severity: 'high',
  vulnerable_versions: '*',
  cwe: [],
  cvss: { score: 7.5, vectorString: null },
};
const WS_VERSION: string = JSON.parse(LOCK).packages['node_modules/ws'].version;
const WS = { name: 'ws', versions: { [WS_VERSION]: { name: 'ws', version: WS_VERSION } } };

/** A registry that answers questions about packages, and the audit as it is told. */
async function registry(audit: RequestListener): Promise<string> {
  const server = createServer((request, response) => {
    if (request.method === 'POST') audit(request, response);
    else response.end(JSON.stringify(WS));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

async function runAudit(url: string, timeoutMs = 20_000) {
  const asked = spawn(process.execPath, ['scripts/audit.ts'], {
    cwd: root,
    env: {
      ...process.env,
      CI: 'true',
      npm_config_registry: url,
      npm_config_fetch_retries: '0',
      npm_config_fetch_timeout: String(timeoutMs),
    },
  });
  const [stdout, stderr, [code]] = await Promise.all([text(asked.stdout), text(asked.stderr), once(asked, 'close')]);
  return { code, output: stdout + stderr };
}

describe('SC-2: npm run audit', () => {
  it('fails when the registry names a high advisory, whatever the snapshot says', async () => {
    const url = await registry((_, response) => response.end(JSON.stringify({ ws: [ADVISORY] })));
    expect(await runAudit(url)).toEqual({ code: 1, output: expect.stringContaining('High: 1, critical: 0.') });
  });

  it('passes when the registry names none', async () => {
    const url = await registry((_, response) => response.end('{}'));
    expect(await runAudit(url)).toEqual({ code: 0, output: expect.stringContaining('No high or critical advisory') });
  });

  it.each<[string, RequestListener]>([
    ['405', (_, response) => response.writeHead(405).end()],
    ['no JSON', (_, response) => response.end('<html>')],
    ['nothing', () => {}],
  ])('goes by the snapshot when the registry answers %s', async (_, audit) => {
    const { output } = await runAudit(await registry(audit), 1000);
    expect(output).toContain(`The registry did not answer the audit. The advisory snapshot of ${TAKEN}`);
  });
});

const unanswered = (changes: Partial<AuditInput> = {}) =>
  verdictOf({ report: '', lock: LOCK, snapshot: SNAPSHOT, now: daysAfter(0), inCi: true, ...changes });
const changedSnapshot = (change: (snapshot: { packages: Record<string, object>; production: string }) => void) => {
  const snapshot = JSON.parse(SNAPSHOT);
  change(snapshot);
  return JSON.stringify(snapshot);
};
const withVersion = (version: string) => {
  const lock = JSON.parse(LOCK);
  lock.packages['node_modules/ws'].version = version;
  return JSON.stringify(lock);
};
const withIntegrity = () => {
  const lock = JSON.parse(LOCK);
  lock.packages['node_modules/ws'].integrity = 'sha512-other';
  return JSON.stringify(lock);
};

describe('SC-2: the advisory snapshot', () => {
  it('covers the lock file of this tree', () => {
    expect(JSON.parse(SNAPSHOT).production).toBe(productionOf(LOCK));
    // One package may stand at several places of the tree.
    const names = new Set(productionPackages(LOCK).map(({ id }) => id));
    expect(Object.keys(JSON.parse(SNAPSHOT).packages)).toEqual([...names]);
    expect(unanswered()).toEqual({ passes: true, sentence: expect.stringContaining('covers all') });
  });

  it.each([
    [-1, 'is in the future'],
    [181, '181 days old'],
  ])('does not count %i days after its date', (days, why) => {
    expect(unanswered({ now: daysAfter(days) })).toEqual({ passes: false, sentence: expect.stringContaining(why) });
  });

  it('counts for 180 days', () => {
    expect(unanswered({ now: daysAfter(180) }).passes).toBe(true);
  });

  it.each<[string, Partial<AuditInput>, string]>([
    ['is not there', { snapshot: undefined }, 'There is no advisory snapshot.'],
    ['is broken', { snapshot: '{"date":' }, 'cannot be read'],
    ['is of another version', { lock: withVersion('99.0.0') }, 'does not cover ws@99.0.0'],
    ['is of other bytes', { lock: withIntegrity() }, 'of another lock file'],
    [
      'names an affected package',
      {
        snapshot: changedSnapshot(({ packages }) =>
          Object.assign(packages, { [`ws@${WS_VERSION}`]: { known: 'x', affected: true } }),
        ),
      },
      `affected: ws@${WS_VERSION}`,
    ],
  ])('fails CI when it %s, and only warns elsewhere', (_, changes, why) => {
    expect(unanswered(changes)).toEqual({ passes: false, sentence: expect.stringContaining(why) });
    expect(unanswered({ ...changes, inCi: false })).toEqual({ passes: true, sentence: expect.stringContaining(why) });
  });

  it('says nothing of packages for development', () => {
    const lock = JSON.parse(LOCK);
    lock.packages['node_modules/vitest'].version = '99.0.0';
    expect(productionOf(JSON.stringify(lock))).toBe(productionOf(LOCK));
  });
});
