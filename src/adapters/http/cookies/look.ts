import { chosenDensity, type Density } from '../../wire/density.ts';
import { chosenRail } from '../../wire/rail-width.ts';
import { chosenTheme, type Theme } from '../../wire/theme.ts';
import type { RequestContext } from '../env.ts';

/** How a page with the list of chats looks in this browser. */
export interface Look {
  readonly theme: Theme;
  readonly density?: Density | undefined;
  /** The chosen width of the list in CSS pixels; undefined for the usual one. */
  readonly rail?: number | undefined;
  /** Whether the reader administers the installation: then the menu of the account leads there. */
  readonly administers?: boolean | undefined;
}

/** The look chosen in the cookies of the request, and what the reader is offered. */
export function cookieLook(c: RequestContext): Look {
  const cookies = c.req.header('cookie') ?? '';
  return {
    theme: chosenTheme(cookies),
    density: chosenDensity(cookies),
    rail: chosenRail(cookies),
    administers: c.get('actor')?.isAdministrator,
  };
}
