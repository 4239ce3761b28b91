import { chosenTheme, type Theme } from '../../wire/theme.ts';
import type { RequestContext } from '../env.ts';

/** The theme chosen in the cookie of the request. */
export const cookieTheme = (c: RequestContext): Theme => chosenTheme(c.req.header('cookie') ?? '');
