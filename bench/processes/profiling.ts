import type { Options } from '../options.ts';

/** Node flags that make a server leave a CPU profile when it ends, in a folder named for what it was put to. */
export function profiling({ profile }: Options, suite: string): readonly string[] {
  return profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}/${suite}`];
}
