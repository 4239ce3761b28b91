import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Measurement } from '../bench.ts';
import type { Environment } from './environment.ts';

const BEGIN = '<!-- results: begin -->';
const END = '<!-- results: end -->';

export interface Results {
  readonly environment: Environment;
  readonly measurements: readonly Measurement[];
  readonly markdown: string;
  /** Undefined where there is nothing to draw. */
  readonly chart: string | undefined;
}

/** Leaves the run's results under `bench/results/`; answers where. */
export function keep({ environment, measurements, markdown, chart }: Results): string {
  const directory = inProject('bench/results/');
  mkdirSync(directory, { recursive: true });
  const at = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
  writeFileSync(`${directory}${at}.json`, `${JSON.stringify({ environment, measurements }, null, 1)}\n`);
  writeFileSync(`${directory}${at}.md`, `${markdown}\n`);
  if (chart !== undefined) writeFileSync(`${directory}${at}.svg`, chart);
  return `bench/results/${at}.*`;
}

/** Puts the results where readers of the documentation find them. */
export function publish({ markdown, chart }: Results, name: 'benchmarks' | 'scaling'): void {
  const page = inProject(`docs/${name}.md`);
  const text = readFileSync(page, 'utf8');
  const [before, after] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`docs/${name}.md has no place for the results: ${BEGIN} … ${END}`);
  writeFileSync(page, `${text.slice(0, before + BEGIN.length)}\n\n${markdown}\n\n${text.slice(after)}`);
  if (chart !== undefined) writeFileSync(inProject(`docs/${name}.svg`), chart);
}

function inProject(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
