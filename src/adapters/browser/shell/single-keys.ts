import { privateStorage } from '../storage/private-storage.ts';

const KEY = 'single-keys';

/** Whether shortcuts of one letter work. They do unless their user has switched them off. */
export const singleKeys = {
  areOn: (): boolean => privateStorage.read(KEY) !== 'off',
  turn(to: 'on' | 'off'): void {
    privateStorage.write(KEY, to);
  },
};
