import type { Density } from '../../wire/density.ts';
import type { Theme } from '../../wire/theme.ts';

/** What every page shows. */
export interface AnyPage {
  readonly theme: Theme;
  /** How close rows stand, on pages that have rows of chats or messages. */
  readonly density?: Density | undefined;
  /** The chosen width of the list of chats in CSS pixels, on pages that have one. */
  readonly rail?: number | undefined;
  /** Whether the reader administers the installation, on pages that have a list of chats. */
  readonly administers?: boolean | undefined;
}

export interface PageUser {
  readonly id: number;
  readonly username: string;
}

export interface PageChat {
  readonly id: number;
  readonly name: string;
}
