import { readFileSync } from 'node:fs';

/** `node bench/report/top-functions.ts FILE [N]`: the functions of a V8 CPU profile that took the most time themselves. */
interface Profile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const [file = '', count = '20'] = process.argv.slice(2);
const profile: Profile = JSON.parse(readFileSync(file, 'utf8'));
const names = new Map(profile.nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
const times = new Map<string, number>();
for (const [index, node] of profile.samples.entries()) {
  const name = names.get(node) ?? '';
  times.set(name, (times.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0));
}
const idle = times.get('(idle)') ?? 0;
times.delete('(idle)');
const busy = [...times.values()].reduce((sum, time) => sum + time, 0);
console.log(`busy ${(busy / 1e6).toFixed(2)} s, idle ${(idle / 1e6).toFixed(2)} s`);
for (const [name, time] of [...times].sort(([, one], [, other]) => other - one).slice(0, Number(count))) {
  console.log(`${((100 * time) / busy).toFixed(1).padStart(5)} %  ${name}`);
}

function nameOf({ functionName, url, lineNumber }: Profile['nodes'][number]['callFrame']): string {
  const place = url.replace(/^.*?\/(node_modules|src)\//, '$1/').replace(/^file:\/\//, '');
  return `${functionName || '(anonymous)'}${place === '' ? '' : `  ${place}:${lineNumber + 1}`}`;
}
