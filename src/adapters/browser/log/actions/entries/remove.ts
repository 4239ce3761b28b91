import type { RowAction } from '../row-action.ts';

export const remove: RowAction = {
  words: 'Delete',
  icon: 'bin',
  key: 'delete',
  place: 'menu',
  isDangerous: true,
  isOffered: (row) => row.may('delete'),
  run: (row, { changes }) => void changes.delete(row),
};
