import { privateStorage } from '../storage/private-storage.ts';

const KEY = 'single-keys';

/** Whether shortcuts of a single key are on; they are unless the reader has turned them off. */
export const singleKeys = {
  areOn: (): boolean => privateStorage.read(KEY) !== 'off',
  turn(to: 'on' | 'off'): void {
    privateStorage.write(KEY, to);
  },
};
