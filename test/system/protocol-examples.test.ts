import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findComponent } from '../components.ts';
import { scratchDirectory } from '../scratch-directory.ts';
import { ServerProcess } from './server-process.ts';

const curl = findComponent('curl');

interface Example {
  readonly command: string;
  /** What it prints; empty where the document does not say. */
  readonly output: string;
}

/** The `curl` commands of each section of docs/protocol.md, but those that follow a chat, which do not end. */
function examplesBySection(): ReadonlyMap<string, readonly Example[]> {
  const document = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');
  const sections = document.split(/^## /m).slice(1);
  const found = sections.map((section): readonly [string, readonly Example[]] => {
    const blocks = [...section.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);
    const examples = blocks.flatMap((block) =>
      block
        .split(/^(?=\$ |curl )/m)
        .map((text) => text.replace(/^\$ /, ''))
        .filter((text) => text.startsWith('curl ') && !text.startsWith('curl -N')),
    );
    return [section.split('\n')[0] ?? '', examples.map(toExample)];
  });
  return new Map(found.filter(([, examples]) => examples.length > 0));
}

function toExample(text: string): Example {
  const [command = '', ...output] = text.replaceAll('\\\n', ' ').trim().split('\n');
  return { command, output: output.map((line) => line.trim()).join('') };
}

/** The output with what differs from run to run replaced. */
const withoutChance = (output: string): string =>
  output
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replace(/"code":"[\w-]{43}"/, '"code":"CODE"')
    .replace(/"next":"\d+-(\d+)"/, '"next":"PLACE-$1"');

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The examples are about a chat that Bob has joined, and the last of them remove him. */
const ORDER = ['Signing in', 'Chats', 'Messages', 'Direct chats', 'Members'];

describe.skipIf(curl.isMissing)('the examples of docs/protocol.md', () => {
  let server: ServerProcess;
  const directory = scratchDirectory('shoal-examples-');
  const sections = examplesBySection();
  beforeAll(async () => {
    server = await ServerProcess.start({ DATABASE_URL: 'memory:' });
  });
  afterAll(() => server?.child.kill('SIGKILL'));

  function run(command: string): string {
    const quietly = 'curl() { command curl -sS --fail-with-body "$@"; }';
    const env = { PATH: process.env.PATH, B: server.url.replace(/\/$/, '') };
    const { status, stdout, stderr } = spawnSync('sh', ['-c', `${quietly}; ${command}`], {
      cwd: directory,
      env,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`${command} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }

  it('run against a new server as they stand, and print what the document says', async () => {
    expect([...sections.keys()].toSorted()).toEqual(ORDER.toSorted());
    for (const name of ORDER) {
      for (const { command, output } of sections.get(name) ?? []) {
        const printed = run(command);
        const [, code] = /"code":"([\w-]{43})"/.exec(printed) ?? [];
        if (code) await letBobIn(code);
        if (output === '') continue;
        const expected = withoutChance(output).split('…').map(escaped).join('.*');
        expect(withoutChance(printed)).toMatch(new RegExp(`^${expected}$`, 's'));
      }
    }
  });

  async function letBobIn(code: string): Promise<void> {
    const cookie = await server.signIn('bob');
    const joined = await server.fetch(`/invite/${code}`, { method: 'POST', headers: { cookie }, redirect: 'manual' });
    expect(joined.status).toBe(303);
  }
});
