import type { RestingRows, RestingRowsOptions } from './resting-rows.ts';

/** Rows and headings from which on the work for those out of sight counts. A page comes with fewer. */
const MANY = 100;

/** Lets rows rest once there are many. Returns what must be called after rows have changed, before anything is measured. */
export function restWhenMany(options: RestingRowsOptions): () => void {
  let resting: RestingRows | undefined;
  let isLoading = false;
  return () => {
    resting?.wake();
    if (isLoading || options.rows.childElementCount < MANY) return;
    isLoading = true;
    import('./resting-rows.ts').then(({ RestingRows }) => {
      if (!options.signal.aborted) resting = new RestingRows(options);
    }, leaveThemAll);
  };
}

/** Without a network, all rows are laid out at each change. */
const leaveThemAll = () => {};
