import type { Theme } from '../../wire/theme.ts';

/** What every page shows. */
export interface AnyPage {
  readonly theme: Theme;
}

export interface PageUser {
  readonly id: number;
  readonly username: string;
}

export interface PageChat {
  readonly id: number;
  readonly name: string;
}
