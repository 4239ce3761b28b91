import { chosenTheme, type Theme } from '../../wire/theme.ts';
import type { RequestContext } from '../env.ts';

export const themeOf = (c: RequestContext): Theme => chosenTheme(c.req.header('cookie') ?? '');
