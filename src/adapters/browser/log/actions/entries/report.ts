import { onDemand } from '../../../shell/on-demand.ts';
import type { RowAction } from '../row-action.ts';

const ask = onDemand(
  () => import('../report-dialog.ts'),
  ({ reportDialog }) => reportDialog,
);

export const report: RowAction = {
  words: 'Report',
  icon: 'flag',
  place: 'menu',
  isOffered: (row) => row.may('report'),
  run: ({ author, position }, { chatId }) => ask({ author, path: `/chat/${chatId}/messages/${position}/report` }),
};
