import type { RowAction } from '../row-action.ts';

export const edit: RowAction = {
  words: 'Edit',
  icon: 'edit',
  key: 'e',
  place: 'menu',
  isOffered: (row) => row.may('edit'),
  run: (row, { changes }) => changes.edit(row),
};
